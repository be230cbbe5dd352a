//! Answers that the stand-in does not give, byte by byte.

use std::time::Duration;

use server_api::{Address, ApiError, Bearer, Connection, LostAnswer, NotThisApi, Settings, client, open};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A connection to a server that answers every request with these bytes and hangs up.
async fn answering(answer: &'static [u8]) -> Connection {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 64 << 10];
            let mut length = 0;
            while !request[..length].windows(4).any(|end| end == b"\r\n\r\n") {
                length += stream.read(&mut request[length..]).await.unwrap_or_default();
            }
            let _ = stream.write_all(answer).await;
            let _ = stream.shutdown().await;
            // Whoever hangs up with bytes unread resets the connection, and the answer with it.
            while stream.read(&mut request).await.is_ok_and(|read| read > 0) {}
        }
    });
    let mut settings = Settings::new(Address::parse(&address).unwrap());
    settings.limits.backoff = Duration::from_millis(1);
    settings.limits.patience = Duration::ZERO;
    Connection::new(settings).unwrap()
}

async fn version(answer: &'static [u8]) -> Result<Option<String>, ApiError> {
    open::basic(&answering(answer).await).await.map(|basic| basic.version)
}

fn bearer() -> Bearer {
    Bearer::new("token".to_owned().into())
}

#[tokio::test]
async fn a_byte_order_mark_broken_characters_and_another_content_type_do_not_hide_an_answer() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\xef\xbb\xbf{\"version\":\"24\"}"[..],
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{\"version\":\"24\"}",
        b"HTTP/1.1 200 OK\r\n\r\n {\"version\":\"24\",\"title\":\"\xcf\xf0\"}\n",
    ] {
        assert_eq!(version(answer).await.unwrap().as_deref(), Some("24"));
    }
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_not_waited_for() {
    let announced = version(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{").await.unwrap_err();
    assert!(matches!(announced, ApiError::NotThisApi { why: NotThisApi::TooLarge, .. }), "{announced:?}");
}

#[tokio::test]
async fn what_does_not_speak_http_is_no_usable_answer() {
    for answer in [&b"SSH-2.0-OpenSSH_9.2\r\n"[..], b"\x16\x03\x01\x02\x00", b""] {
        let error = version(answer).await.unwrap_err();
        let is_lost = matches!(error, ApiError::SentNoUsableAnswer { how: LostAnswer::ConnectionLost, .. });
        assert!(is_lost, "{error:?}");
    }
}

#[tokio::test]
async fn a_wait_may_be_told_as_a_date_beside_the_servers_own() {
    for (answer, wait) in [
        (
            &b"HTTP/1.1 429 Too Many Requests\r\nDate: Wed, 21 Oct 2026 07:27:00 GMT\r\n\
               Retry-After: Wed, 21 Oct 2026 07:28:30 GMT\r\n\r\n"[..],
            Some(90),
        ),
        (b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: Wed, 21 Oct 2026 07:28:30 GMT\r\n\r\n", None),
        (b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n\r\n", Some(7)),
    ] {
        let error = client::logout(&answering(answer).await, &bearer()).await.unwrap_err();
        let ApiError::Refused(refusal) = error else { panic!("{error:?}") };
        assert_eq!(refusal.retry_after.map(|wait| wait.as_secs()), wait);
    }
}

#[tokio::test]
async fn a_deletion_is_done_with_any_yes_but_not_with_a_web_page() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\n\r\n{\"deleted\":1}"[..],
        b"HTTP/1.1 200 OK\r\n\r\nOK",
        b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ] {
        client::delete_codes(&answering(answer).await, &bearer(), &[1]).await.unwrap();
    }
    let portal = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>sign in to the network</html>";
    let error = client::delete_codes(&answering(portal).await, &bearer(), &[1]).await.unwrap_err();
    let how = LostAnswer::Unreadable(NotThisApi::Html);
    assert!(matches!(&error, ApiError::SentNoUsableAnswer { how: lost, .. } if *lost == how), "{error:?}");
}
