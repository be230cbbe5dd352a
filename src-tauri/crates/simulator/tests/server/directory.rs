use serde_json::{Value, json};
use simulator::{Options, Simulator};

use crate::support::{Caller, ENTRANCE, FLAT, OTHER_ENTRANCE, TestClock, start};

fn flats(intercom: u64, query: &str) -> String {
    format!("/api/admin/v1/intercoms/{intercom}/flats?{query}")
}

#[tokio::test]
async fn the_flats_of_an_intercom_are_paged() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let body = admin.get(&flats(ENTRANCE, "per_page=50&page=3")).await.ok();
    assert_eq!(body["meta"]["total"], 120);
    assert_eq!(body["data"].as_array().unwrap().len(), 20);
    let row = &body["data"][0];
    assert_eq!((&row["flat"], &row["intercom_id"]), (&json!(101), &json!(ENTRANCE)));
    assert!(row["properties"].get("is_landline_sip_line_available").is_none());
    assert!(row.get("keys").is_none());
}

#[tokio::test]
async fn the_flats_list_agrees_with_the_single_flat() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let rows = admin.get(&flats(OTHER_ENTRANCE, "per_page=200")).await.ok();
    for row in rows["data"].as_array().unwrap() {
        let detail =
            admin.get(&format!("/api/admin/v1/intercoms/{OTHER_ENTRANCE}/flats/{}", row["id"])).await.ok();
        for field in ["id", "flat", "key_count", "users_count", "properties"] {
            assert_eq!(row[field], detail[field]);
        }
    }
}

#[tokio::test]
async fn a_search_finds_flats_by_number_name_login_and_key() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let mut checked = 0;
    for id in FLAT..FLAT + 20 {
        let flat = admin.get(&format!("/api/admin/v1/intercoms/{ENTRANCE}/flats/{id}")).await.ok();
        let (key, user) = (&flat["keys"][0]["key"], &flat["users"][0]);
        let texts = [key, &user["name"], &user["login"]].into_iter().filter_map(Value::as_str);
        for text in texts.map(str::to_lowercase).chain([flat["flat"].to_string()]) {
            let query = [("search", text.as_str()), ("per_page", "200")];
            let address =
                reqwest::Url::parse_with_params(&format!("http://server{}", flats(ENTRANCE, "")), query)
                    .unwrap();
            let found = admin.get(&format!("{}?{}", address.path(), address.query().unwrap())).await.ok();
            assert!(found["data"].as_array().unwrap().iter().any(|row| row["id"] == id), "{text}");
            checked += 1;
        }
    }
    assert!(checked > 40);
    assert_eq!(admin.get(&flats(ENTRANCE, "search=zzzzz")).await.ok()["meta"]["total"], 0);
}

#[tokio::test]
async fn pages_that_make_no_sense_are_refused() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    for query in ["page=0", "page=first", "page=-1", "page=1.5"] {
        assert_eq!(admin.get(&flats(ENTRANCE, query)).await.refused_fields(), ["page"], "{query}");
    }
    assert_eq!(admin.get(&flats(ENTRANCE, "per_page=0")).await.refused_fields(), ["per_page"]);
    assert_eq!(admin.get(&flats(ENTRANCE, "per_page=1001")).await.refused_fields(), ["per_page"]);
}

#[tokio::test]
async fn a_flat_is_found_only_at_its_own_intercom() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    for path in ["21/flats/1", "22/flats/501", "99/flats/501", "21/flats/x"] {
        let answer = admin.get(&format!("/api/admin/v1/intercoms/{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.json()["message"].is_string());
    }
}

#[tokio::test]
async fn the_client_sees_its_own_intercoms_one_of_them_offline() {
    let simulator = start().await;
    let body = Caller::client(&simulator).get("/api/v1/intercom?page=1").await.ok();
    let ids: Vec<u64> =
        body["data"].as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [21, 23, 24]);
    assert_eq!(body["data"][2]["is_online"], false);
    assert_eq!(body["data"][0]["status"], "confirmed");
}

#[tokio::test]
async fn the_admins_list_answers_only_where_it_is_switched_on() {
    let without = start().await;
    assert_eq!(Caller::admin(&without).get("/api/admin/v1/intercoms").await.status, 404);
    let options = Options { admin_list: true, ..TestClock::new().options() };
    let with = Simulator::start(options).await.unwrap();
    assert_eq!(Caller::admin(&with).get("/api/admin/v1/intercoms").await.ok()["meta"]["total"], 4);
}

#[tokio::test]
async fn billing_tells_which_flats_an_intercom_has() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let body = admin.get("/api/v1/billing/intercoms/show?id=22").await.ok();
    assert_eq!((&body["flat_from"], &body["flat_to"]), (&json!(121), &json!(216)));
    let by_mac =
        admin.get(&format!("/api/v1/billing/intercoms/show?mac={}", body["mac"].as_str().unwrap())).await;
    assert_eq!(by_mac.ok(), body);
    assert_eq!(admin.get("/api/v1/billing/intercoms/show?id=99").await.status, 404);
    assert_eq!(admin.get("/api/v1/billing/intercoms/show").await.refused_fields(), ["id"]);
}

#[tokio::test]
async fn what_is_not_there_says_so_in_json() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let missing = admin.get("/api/v2/doors").await;
    let wrong_method = admin.get("/api/admin/v1/intercom/21/codes").await;
    assert_eq!((missing.status, wrong_method.status), (404, 405));
    assert!(missing.json()["message"].is_string() && wrong_method.json()["message"].is_string());
}
