//! What a server says of itself.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server_api::fuzzing::basic(data));
