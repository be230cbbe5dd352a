//! What differs between the versions of the server, against the table of what is known of them.

use serde_json::{Value, json};
use simulator::{Dialect, Options, Simulator};

use crate::shapes::{assert_shape, contract, kind};
use crate::support::{Caller, ENTRANCE, FLAT, TestClock, admin_codes, client_codes, visitor, visitor_of};

const ANALOG: &str = "is_analog_line_available";
const SMARTPHONE: &str = "is_smartphone_sip_line_available";
const LANDLINE: &str = "is_landline_sip_line_available";

async fn speaking(dialect: Dialect) -> Simulator {
    let clock = TestClock::new().options().clock;
    Simulator::start(Options { clock, ..Options::documented(dialect) }).await.unwrap()
}

fn line_names(flat: &Value) -> Vec<&str> {
    let properties = flat["properties"].as_object().unwrap();
    properties.keys().map(String::as_str).filter(|name| name.contains("_line_")).collect()
}

/// The same flat from the list, alone, and in the answer to a new code.
async fn thrice(simulator: &Simulator) -> [Value; 3] {
    let admin = Caller::admin(simulator);
    let flats = format!("/api/admin/v1/intercoms/{ENTRANCE}/flats");
    let code = admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok();
    [
        admin.get(&flats).await.ok()["data"][0].clone(),
        admin.get(&format!("{flats}/{FLAT}")).await.ok(),
        code["intercom_flat"].clone(),
    ]
}

#[tokio::test]
async fn the_version_tells_the_dialect() {
    for (dialect, version) in Dialect::ALL.into_iter().zip(["23.12.0.0", "24.12.0.0", "25.12.0.0"]) {
        let simulator = speaking(dialect).await;
        let basic = Caller::nobody(&simulator).get("/api/v1/static/basic").await.ok();
        assert_eq!(basic["version"], version);
    }
}

#[tokio::test]
async fn lines_have_the_names_of_their_version() {
    let old = ["is_analog_line_enable", "is_duplicated_sip_line_available", "is_sip_line_enable"];
    let [listed, alone, of_code] = thrice(&speaking(Dialect::V23_12).await).await;
    for flat in [&listed, &alone, &of_code] {
        assert_eq!(line_names(flat), old);
        assert!(flat["properties"]["number"].is_string());
        assert!(flat["properties"].as_object().unwrap().contains_key("duplicate_number"));
    }

    let [listed, alone, of_code] = thrice(&speaking(Dialect::V24_12).await).await;
    assert_eq!(line_names(&listed), ["is_analog_line_enable", "is_sip_line_enable"]);
    assert_eq!(line_names(&alone), line_names(&listed));
    assert_eq!(line_names(&of_code), ["is_analog_line_enable"]);

    for flat in thrice(&speaking(Dialect::V25_12).await).await {
        assert_eq!(line_names(&flat), [ANALOG, LANDLINE, SMARTPHONE]);
    }
}

#[tokio::test]
async fn a_switched_line_is_told_under_every_versions_name() {
    let names = [
        (
            Dialect::V23_12,
            ["is_analog_line_enable", "is_sip_line_enable", "is_duplicated_sip_line_available"],
        ),
        (Dialect::V25_12, [ANALOG, SMARTPHONE, LANDLINE]),
    ];
    for (dialect, names) in names {
        let simulator = speaking(dialect).await;
        for values in [[true, false, true], [false, true, false]] {
            let request = json!({
                "intercom_id": ENTRANCE, "flat_id": FLAT,
                ANALOG: values[0], SMARTPHONE: values[1], LANDLINE: values[2],
            });
            Caller::admin(&simulator).patch("/api/v1/billing/intercom-flats", &request).await.ok();
            for flat in &thrice(&simulator).await[..2] {
                assert_eq!(names.map(|name| flat["properties"][name] == true), values, "{dialect}");
            }
        }
    }
}

#[tokio::test]
async fn dates_have_the_form_of_their_version() {
    for (dialect, form) in Dialect::ALL.into_iter().zip(["SQL date", "SQL date", "ISO date"]) {
        let simulator = speaking(dialect).await;
        let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
        let of_admin = admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok();
        let of_client = client.post(&client_codes(ENTRANCE), &visitor()).await.ok();
        for date in ["expired_at", "will_deleted_at", "created_at"] {
            assert_eq!(
                (kind(&of_admin[date]), kind(&of_client[date])),
                ("ISO date", form),
                "{dialect} {date}"
            );
        }
        let flat = busy_flat(&simulator).await;
        for record in [&flat["users"][0], &flat["keys"][0]] {
            assert_eq!(kind(&record["created_at"]), form, "{dialect}");
            assert_eq!(kind(&record["updated_at"]), form, "{dialect}");
        }
        let listed = client.get("/api/v1/intercom/codes").await.ok();
        assert_eq!(kind(&listed["data"][0]["expired_at"]), form, "{dialect}");
    }
}

async fn busy_flat(simulator: &Simulator) -> Value {
    let admin = Caller::admin(simulator);
    for id in FLAT..FLAT + 120 {
        let flat = admin.get(&format!("/api/admin/v1/intercoms/{ENTRANCE}/flats/{id}")).await.ok();
        if flat["keys"].as_array().unwrap().iter().any(|key| key["user"].is_object()) {
            return flat;
        }
    }
    panic!("somebody has a key");
}

/// Names of lines and forms of dates are the dialect's; everything else is the contract's.
const OF_THE_DIALECT: [&str; 9] = [
    "_line_available is ",
    "_line_enable is ",
    "number is new",
    "is ISO date instead of SQL date",
    // An intercom may well know when it was created; the sample's does not.
    "created_at is ISO date instead of null",
    "created_at is SQL date instead of null",
    "_at is SQL date instead of ISO date",
    "_volumes is",
    // The nearest of the sample's keys may be the one without an owner.
    ".user is object instead of null",
];

#[tokio::test]
async fn the_contracts_five_calls_answer_in_every_dialect() {
    for dialect in Dialect::ALL {
        let simulator = speaking(dialect).await;
        let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
        let check = |name: &str, answer: &Value| assert_shape(name, answer, &OF_THE_DIALECT);

        let mut request = contract("create-code-admin.request.json");
        request["flat_id"] = json!(FLAT);
        check("create-code-admin.answer.json", &admin.post(&admin_codes(ENTRANCE), &request).await.ok());
        let request = contract("create-code-client.request.json");
        check("create-code-client.answer.json", &client.post(&client_codes(ENTRANCE), &request).await.ok());
        check("list-codes.answer.json", &client.get("/api/v1/intercom/codes?per_page=25&page=1").await.ok());
        check("flat.answer.json", &busy_flat(&simulator).await);
        let mut request = contract("switch-lines.request.json");
        request["intercom_id"] = json!(ENTRANCE);
        let switched = admin.patch("/api/v1/billing/intercom-flats", &request).await.ok();
        assert_shape("switch-lines.answer.json", &switched, &[]);
    }
}

#[tokio::test]
async fn calls_are_there_or_not_as_documented_for_the_version() {
    for (dialect, billing, deleting) in
        [(Dialect::V23_12, 404, 405), (Dialect::V24_12, 404, 204), (Dialect::V25_12, 200, 204)]
    {
        let simulator = speaking(dialect).await;
        let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
        let none = json!({"ids": [1]});
        assert_eq!(admin.get("/api/v1/billing/intercoms/show?id=21").await.status, billing, "{dialect}");
        let keys = if dialect == Dialect::V23_12 { 404 } else { 200 };
        assert_eq!(admin.get("/api/admin/v1/intercoms/21/keys").await.status, keys, "{dialect}");
        assert_eq!(admin.delete(&admin_codes(ENTRANCE), &none).await.status, deleting, "{dialect}");
        assert_eq!(client.delete("/api/v1/intercom/codes", &none).await.status, 204, "{dialect}");
    }
}
