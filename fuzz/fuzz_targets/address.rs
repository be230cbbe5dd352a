//! An address as a person types it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server_api::fuzzing::address(data));
