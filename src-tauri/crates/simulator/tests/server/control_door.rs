use reqwest::Client;
use serde_json::{Value, json};
use simulator::control::open_door;

use crate::support::{Caller, client, start};

async fn order(http: &Client, address: String, body: &Value) -> u16 {
    let request = http.post(address).header("Content-Type", "application/json").body(body.to_string());
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn another_process_can_order_faults_and_read_what_happened() {
    let simulator = start().await;
    let door = open_door(simulator.control()).await.unwrap();
    let http = client(&simulator);
    let at = |path: &str| format!("{}{path}", door.address());
    let read = async |path: &str| {
        let text = http.get(at(path)).send().await.unwrap().text().await.unwrap();
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let nobody = Caller::nobody(&simulator);
    let basic = async || nobody.get("/api/v1/static/basic").await.status;

    let once = json!({"call": "static_basic", "fault": {"kind": "status", "status": 500}});
    assert_eq!(order(&http, at("/fault"), &once).await, 204);
    assert_eq!((basic().await, basic().await), (500, 200));

    let always =
        json!({"call": "any", "fault": {"kind": "too_many_requests", "retry_after": 3}, "times": null});
    assert_eq!(order(&http, at("/fault"), &always).await, 204);
    assert_eq!((basic().await, basic().await), (429, 429));
    assert_eq!(order(&http, at("/clear"), &Value::Null).await, 204);
    assert_eq!(basic().await, 200);

    assert_eq!(order(&http, at("/expire"), &json!({"account": "client"})).await, 204);
    assert_eq!(Caller::client(&simulator).get("/api/v1/intercom").await.status, 401);
    assert_eq!(order(&http, at("/change-certificate"), &Value::Null).await, 204);

    let shown = nobody.get("/api/v1/captcha").await.ok();
    let answer = read(&format!("/captcha?key={}", shown["key"].as_str().unwrap())).await;
    assert_eq!(answer["answer"].as_str().unwrap().len(), 5);

    assert_eq!(read("/requests").await[0]["call"], "static_basic");
    assert_eq!(read("/tokens").await, json!([simulator.tokens().admin, simulator.tokens().client]));
    assert!(read("/codes").await.as_array().unwrap().iter().any(|code| code["account"] == "admin"));
}
