//! The reference: something that sends requests over so many connections and does nothing else.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::stand_in::Introduction;
use crate::Error;

/// How many requests are under way at once: as many as a reading has at most.
const AT_ONCE: usize = 8;

/// Who sends, and where to.
pub(super) struct Load {
    host: String,
    token: String,
}

impl Load {
    /// Signs in at the stand-in.
    pub(super) async fn open(to: &Introduction) -> Result<Self, Error> {
        let host = to.address.strip_prefix("http://").unwrap_or(&to.address).trim_end_matches('/').to_owned();
        let body = json!({"login": to.login, "password": to.password}).to_string();
        let mut line = Line::open(&host).await?;
        let signed_in = line.send(&host, "POST", "/api/admin/v1/auth/token", None, &body).await?;
        let token = serde_json::from_slice::<Value>(&signed_in)?["access_token"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        Ok(Self { host, token })
    }

    /// Asks for all of these and says what that took.
    pub(super) async fn send(&self, paths: Vec<String>) -> Result<Duration, Error> {
        let waiting = Arc::new(Mutex::new(paths));
        let start = Instant::now();
        let mut under_way = Vec::new();
        for _ in 0..AT_ONCE {
            let (host, token, waiting) = (self.host.clone(), self.token.clone(), Arc::clone(&waiting));
            under_way.push(tokio::spawn(async move {
                let mut line = Line::open(&host).await?;
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
                    let Some(path) = next else { return Ok::<(), Error>(()) };
                    line.send(&host, "GET", &path, Some(&token), "").await?;
                }
            }));
        }
        for one in under_way {
            one.await.map_err(std::io::Error::other)??;
        }
        Ok(start.elapsed())
    }
}

/// A connection that does what HTTP needs and nothing else.
struct Line(BufReader<TcpStream>);

impl Line {
    async fn open(host: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends a request and reads the answer's body.
    async fn send(
        &mut self,
        host: &str,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &str,
    ) -> Result<Vec<u8>, Error> {
        let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n{bearer}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).await?;
        let mut length = 0;
        let mut status = String::new();
        self.0.read_line(&mut status).await?;
        loop {
            let mut header = String::new();
            if self.0.read_line(&mut header).await? == 0 || header == "\r\n" {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).await?;
        // A reading is told "not here" now and then, too.
        if status.starts_with("HTTP/1.1 5") {
            return Err(Error::Answer(status.trim().to_owned()));
        }
        Ok(answer)
    }
}
