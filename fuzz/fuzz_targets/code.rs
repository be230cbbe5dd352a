//! A visitor code (seeds 000 and 001).
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server_api::fuzzing::code(data));
