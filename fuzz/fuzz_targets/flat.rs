//! A flat with its lines, keys and users (seeds 003 and 004).
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server_api::fuzzing::flat(data));
