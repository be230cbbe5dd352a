use desk::ErrorCode;
use desk::views::{AddServer, ProbeServer, TrustCertificate, TrustView};
use simulator::control::{Call, Fault, Times};

use crate::world::World;

fn probe(address: String, pin: Option<String>) -> ProbeServer {
    ProbeServer { address, pin, allow_plain_http: false }
}

#[tokio::test]
async fn a_self_signed_server_is_decided_on_once_and_pinned() {
    let world = World::signed_out(|options| options.https = true).await;
    let address = world.simulator.address();
    let error = world.desk.probe_server(probe(address.clone(), None)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CertificateUntrusted);
    assert_eq!(error.params["why"], "unknown_issuer");
    let fingerprint = error.params["fingerprint"].as_str().unwrap().to_owned();
    let found = world.desk.probe_server(probe(address, Some(fingerprint.clone()))).await.unwrap();
    let TrustView::Pinned { fingerprint: pinned, ends } = found.trust else { panic!("not pinned") };
    assert_eq!(pinned, fingerprint);
    assert!(ends.is_some(), "the person is told when it ends");
}

#[tokio::test]
async fn a_changed_certificate_blocks_everything_until_it_is_decided_on() {
    let world = World::signed_out(|options| options.https = true).await;
    world.sign_in(desk::views::SignInAccount::Admin).await.unwrap();
    let flat = world.first_flat().await;
    world.simulator.control().change_certificate().unwrap();
    let error = world.issue(Some(flat.clone()), "Courier").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CertificateUntrusted);
    assert_eq!(error.params["why"], "changed");
    assert!(world.codes("Courier").await.is_empty(), "nothing was sent, so nothing is unresolved");
    let fingerprint = world.simulator.fingerprint().unwrap();
    world
        .desk
        .trust_certificate(TrustCertificate { server: world.server.clone(), fingerprint: Some(fingerprint) })
        .await
        .unwrap();
    world.issue(Some(flat), "Courier").await.unwrap();
}

#[tokio::test]
async fn http_to_another_computer_needs_a_decision_and_is_never_fallen_back_to() {
    let world = World::signed_out(|_| {}).await;
    let error = world.desk.probe_server(probe("http://192.0.2.1".to_owned(), None)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::PlainHttp);
    let address = world.simulator.address().replace("http://", "");
    let error = world.desk.probe_server(probe(address, None)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NeverReached, "https was meant and http is not tried");
    let added = AddServer {
        address: "http://192.0.2.1".to_owned(),
        name: String::new(),
        pin: None,
        allow_plain_http: true,
    };
    assert_eq!(world.desk.add_server(added).await.unwrap().trust, TrustView::Plain);
}

#[tokio::test]
async fn an_address_without_an_intercom_server_is_told() {
    let world = World::signed_out(|_| {}).await;
    world.simulator.control().fault(Call::StaticBasic, Fault::Html, Times::Always);
    let error = world.desk.probe_server(probe(world.simulator.address(), None)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotThisApi);
    let error = world.desk.probe_server(probe("  ".to_owned(), None)).await.unwrap_err();
    assert_eq!((error.code, error.params["why"].as_str()), (ErrorCode::AddressInvalid, Some("empty")));
}
