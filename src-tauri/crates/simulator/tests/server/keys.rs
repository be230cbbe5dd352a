//! The list of an intercom's keys, and of its people.

use serde_json::{Value, json};
use simulator::{Dialect, Options, Simulator};

use crate::shapes::kind;
use crate::support::{Caller, ENTRANCE, FLAT, TestClock, start};

const PARKING: u64 = 24;

async fn speaking(dialect: Dialect) -> Simulator {
    Simulator::start(Options { dialect, ..TestClock::new().options() }).await.unwrap()
}

async fn rows(simulator: &Simulator, intercom: u64, query: &str) -> Vec<Value> {
    let path = format!("/api/admin/v1/intercoms/{intercom}/keys?per_page=1000&{query}");
    Caller::admin(simulator).get(&path).await.ok()["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_keys_of_an_intercom_agree_with_its_flats() {
    let simulator = start().await;
    let keys = rows(&simulator, ENTRANCE, "").await;
    for id in FLAT..FLAT + 20 {
        let path = format!("/api/admin/v1/intercoms/{ENTRANCE}/flats/{id}");
        let flat = Caller::admin(&simulator).get(&path).await.ok();
        let of_flat: Vec<&Value> = keys.iter().filter(|row| row["flat"]["id"] == id).collect();
        assert_eq!(of_flat.len(), flat["keys"].as_array().unwrap().len());
        for key in flat["keys"].as_array().unwrap() {
            let row = of_flat.iter().find(|row| row["id"] == key["id"]).unwrap();
            for field in ["key", "user", "created_at", "updated_at"] {
                assert_eq!(row[field], key[field]);
            }
            assert_eq!(row["flat"]["flat"], flat["flat"]);
            assert_eq!(row.get("deleted_at"), Some(&Value::Null));
        }
    }
    assert!(keys.iter().any(|row| row["flat"].is_null()));
}

#[tokio::test]
async fn lines_beside_a_keys_flat_have_the_names_of_their_version() {
    let of_24 = ["flat", "id", "intercom_id", "is_analog_line_enable", "is_landline_sip_line_available"]
        .into_iter()
        .chain(["is_sip_line_enable", "is_smartphone_sip_line_available", "landline_number", "number"]);
    let of_25 = ["flat", "id", "intercom_id", "is_analog_line_available"]
        .into_iter()
        .chain(["is_landline_sip_line_available", "is_smartphone_sip_line_available"]);
    let expected: [(Dialect, Vec<&str>, &str); 2] =
        [(Dialect::V24_12, of_24.collect(), "SQL date"), (Dialect::V25_12, of_25.collect(), "ISO date")];
    for (dialect, names, date) in expected {
        let simulator = speaking(dialect).await;
        let row = &rows(&simulator, ENTRANCE, "unbound_flats=0").await[0];
        assert_eq!(row["flat"].as_object().unwrap().keys().collect::<Vec<_>>(), names, "{dialect}");
        assert_eq!(kind(&row["created_at"]), date);
    }
    let old = speaking(Dialect::V23_12).await;
    assert_eq!(Caller::admin(&old).get("/api/admin/v1/intercoms/21/keys").await.status, 404);
}

#[tokio::test]
async fn keys_are_filtered_by_flat_owner_and_lack_of_either() {
    let simulator = start().await;
    let all = rows(&simulator, ENTRANCE, "").await;
    let owned = all.iter().find(|row| row["user"].is_object() && row["flat"].is_object()).unwrap();

    let of_flat = rows(&simulator, ENTRANCE, &format!("intercom_flat_id={}", owned["flat"]["id"])).await;
    assert!(of_flat.contains(owned) && of_flat.iter().all(|row| row["flat"]["id"] == owned["flat"]["id"]));
    let of_user = rows(&simulator, ENTRANCE, &format!("user_id={}", owned["user"]["id"])).await;
    assert!(of_user.contains(owned) && of_user.iter().all(|row| row["user"] == owned["user"]));

    let nobodys = rows(&simulator, ENTRANCE, "unbound_users=1").await;
    assert!(!nobodys.is_empty() && nobodys.iter().all(|row| row["user"].is_null()));
    let nowhere = rows(&simulator, ENTRANCE, "unbound_flats=1").await;
    assert!(nowhere.len() == 3 && nowhere.iter().all(|row| row["flat"].is_null()));

    let search = owned["key"].as_str().unwrap().to_lowercase();
    assert_eq!(rows(&simulator, ENTRANCE, &format!("search={search}")).await, std::slice::from_ref(owned));
    assert!(rows(&simulator, ENTRANCE, "from=2026-11-01%2000:00").await.len() < all.len());
}

#[tokio::test]
async fn keys_are_sorted_both_ways_and_paged() {
    let simulator = start().await;
    for field in ["id", "key", "created_at", "updated_at"] {
        let up = rows(&simulator, ENTRANCE, &format!("sort={field}&dir=asc")).await;
        let mut down = rows(&simulator, ENTRANCE, &format!("sort={field}&dir=desc")).await;
        down.reverse();
        assert_eq!(up, down, "{field}");
        let value = |row: &Value| row[field].as_str().map_or(row[field].to_string(), str::to_owned);
        assert!(up.iter().map(value).is_sorted(), "{field}");
    }
    let admin = Caller::admin(&simulator);
    let page = admin.get("/api/admin/v1/intercoms/24/keys?per_page=10&page=1").await.ok();
    assert_eq!(page["data"].as_array().unwrap().len(), 10);
    let refused = admin.get("/api/admin/v1/intercoms/21/keys?sort=colour&dir=up&user_id=x&from=never").await;
    assert_eq!(refused.refused_fields(), ["dir", "from", "sort", "user_id"]);
    assert_eq!(admin.get("/api/admin/v1/intercoms/99/keys").await.status, 404);
}

#[tokio::test]
async fn one_flat_has_more_keys_than_fit_a_screen() {
    let simulator = start().await;
    let flats = Caller::admin(&simulator)
        .get(&format!("/api/admin/v1/intercoms/{PARKING}/flats?per_page=100"))
        .await
        .ok();
    let counts = flats["data"].as_array().unwrap().iter().map(|row| row["key_count"].as_u64().unwrap());
    assert!(counts.clone().max().unwrap() > 20 && counts.min().unwrap() == 0);
}

#[tokio::test]
async fn the_people_of_an_intercom_are_searched_and_paged() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let path = format!("/api/admin/v1/intercoms/{ENTRANCE}/get-users?per_page=1000");
    let all = admin.get(&path).await.ok()["data"].as_array().unwrap().clone();
    assert!(all.len() > 100);
    let login = all[7]["login"].as_str().unwrap();
    let found = admin.get(&format!("{path}&search={}", login.replace('@', "%40"))).await.ok();
    assert_eq!(found["data"], json!([all[7]]));
    assert_eq!(kind(&all[0]["created_at"]), "SQL date");
}
