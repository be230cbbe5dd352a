//! An intercom of the billing calls.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server_api::fuzzing::billing_intercom(data));
