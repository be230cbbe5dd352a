//! Every parser against any bytes, and against what a server's answers become when it lies.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod lies;
mod samples;

use proptest::prelude::*;
use serde_json::Value;
use server_api::fuzzing;

use crate::lies::{Lie, lie};
use crate::samples::{SAMPLES, sample};

/// A parser of any bytes: it checks what it read, and a panic is a mistake.
type Parser = fn(&[u8]);

const PARSERS: [(&str, Parser); 13] = [
    ("address", fuzzing::address),
    ("basic", fuzzing::basic),
    ("billing_intercom", fuzzing::billing_intercom),
    ("captcha", fuzzing::captcha),
    ("code", fuzzing::code),
    ("flat", fuzzing::flat),
    ("instant", fuzzing::instant),
    ("intercom", fuzzing::intercom),
    ("key", fuzzing::key),
    ("page", fuzzing::page),
    ("refusal", fuzzing::refusal),
    ("session", fuzzing::session),
    ("sign_in", fuzzing::sign_in),
];

fn parse_as_everything(data: &[u8]) {
    for (_, parser) in PARSERS {
        parser(data);
    }
}

fn lies() -> impl Strategy<Value = Vec<Lie>> {
    proptest::collection::vec(lie(), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(data in proptest::collection::vec(any::<u8>(), 0..600)) {
        parse_as_everything(&data);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        parse_as_everything(text.as_bytes());
    }

    #[test]
    fn any_json_is_read_or_left_out(body in lies::any_json()) {
        parse_as_everything(body.to_string().as_bytes());
    }

    #[test]
    fn an_answer_with_lies_in_it_is_read_or_left_out(name in prop::sample::select(SAMPLES.to_vec()), lies in lies()) {
        let mut body = sample(name);
        for lie in &lies {
            lie.tell(&mut body);
        }
        parse_as_everything(body.to_string().as_bytes());
    }

    #[test]
    fn an_answer_that_was_broken_on_its_way_is_read_or_refused(
        name in prop::sample::select(SAMPLES.to_vec()),
        cut in any::<prop::sample::Index>(),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut data = sample(name).to_string().into_bytes();
        for (place, byte) in flips {
            let place = place.index(data.len());
            data[place] = byte;
        }
        parse_as_everything(&data);
        parse_as_everything(&data[..cut.index(data.len())]);
    }

    #[test]
    fn one_bad_record_never_hides_the_others(
        name in prop::sample::select(samples::LISTS.to_vec()),
        bad in lies::any_json(),
        place in 0usize..4,
    ) {
        let list = sample(name);
        let good = list["data"].as_array().unwrap_or_else(|| list.as_array().unwrap())[0].clone();
        let mut records = vec![good; 3];
        for (index, record) in records.iter_mut().enumerate() {
            record["id"] = Value::from(index + 1);
        }
        records.insert(place, bad);
        let body = serde_json::json!({"data": records, "meta": {"last_page": 1}});
        prop_assert!(fuzzing::readable_records(body.to_string().as_bytes()) >= 3);
    }

    #[test]
    fn a_date_in_any_sensible_form_is_read_or_refused(
        text in r"[+-]?[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}[ Tt][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{0,12})?)?(Z|z|[+-][0-9]{2}:?[0-9]{2})?",
        zone: u8,
    ) {
        let mut data = vec![zone];
        data.extend_from_slice(text.as_bytes());
        fuzzing::instant(&data);
    }

    #[test]
    fn any_headers_around_a_refusal_make_a_wait_of_bounded_length(
        wait in r"[0-9]{0,25}|-[0-9]|[A-Z][a-z]{2}, [0-9]{2} (Jan|Feb|Oct) [0-9]{4,6} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT|.{0,30}",
        date in r"[A-Z][a-z]{2}, [0-9]{2} (Jan|Feb|Oct) [0-9]{4,6} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
    ) {
        fuzzing::refusal(format!("{wait}\n{date}\n{{}}").as_bytes());
    }
}

#[test]
fn every_sample_is_read_by_the_parser_it_is_for() {
    for name in samples::LISTS {
        assert!(fuzzing::readable_records(sample(name).to_string().as_bytes()) > 0, "{name}");
    }
    for name in SAMPLES {
        parse_as_everything(sample(name).to_string().as_bytes());
    }
}

#[test]
fn every_parser_has_a_fuzz_target_and_every_target_a_parser() {
    let folder = format!("{}/../../../fuzz/fuzz_targets", env!("CARGO_MANIFEST_DIR"));
    let names =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut targets: Vec<String> = names.collect();
    targets.sort();
    assert_eq!(targets, PARSERS.map(|(name, _)| format!("{name}.rs")));
    let manifest =
        std::fs::read_to_string(format!("{}/../../../fuzz/Cargo.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for (name, _) in PARSERS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}

#[test]
fn what_fills_a_whole_answer_is_read_or_refused() {
    let hostile = [
        "[".repeat(1 << 18),
        "{\"data\":[".repeat(50_000),
        format!("{{\"data\":[{}null]}}", "null,".repeat(110_000)),
        format!(
            "{{\"errors\":{{{}\"z\":[]}}}}",
            (0..5_000).map(|key| format!("\"k{key}\":[\"x\"],")).collect::<String>()
        ),
        format!("{{\"id\":1,\"flat\":\"{}\"}}", "9".repeat(1 << 18)),
        format!("{{\"id\":1,\"code\":\"1\",\"title\":\"{}\"}}", "\u{202e}<b>".repeat(1 << 16)),
        format!(
            "{{\"id\":1,\"key\":\"A\",\"flat\":{{\"id\":1,\"properties\":{{{}\"z\":0}}}}}}",
            (0..5_000).map(|key| format!("\"k{key}\":{key},")).collect::<String>()
        ),
    ];
    for answer in hostile {
        parse_as_everything(answer.as_bytes());
    }
}
