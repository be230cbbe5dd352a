//! A page of every kind of record (seed 002).
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| server_api::fuzzing::page(data));
