//! The captcha: a key, a picture and how long both are good for.

use std::time::Duration;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::value::count;
use crate::error::NotThisApi;

/// Base64 as PHP writes it, with or without its padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
/// The largest picture, in bytes.
const LARGEST_PICTURE: usize = 1 << 20;
/// The longest key, in bytes. It goes back as it came, so it is never cut.
const LONGEST_KEY: usize = 2_000;
/// How long a captcha lives where the server does not say (the documented sample).
const USUAL_LIFE: u32 = 60;
/// The longest life that is believed, in seconds.
const LONGEST_LIFE: u32 = 3_600;

/// A question only a person can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captcha {
    /// Goes back beside the answer, as it came: 1 to 2 000 bytes.
    pub key: String,
    /// What to show.
    pub image: Picture,
    /// How long the answer is taken: 1 second to 1 hour, 60 seconds where the server does not say.
    pub ttl: Duration,
}

/// A picture that really is one: its first bytes were looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its format.
    pub kind: PictureKind,
    /// The file, at most 1 MiB.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Picture({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// `image/png`.
    Png,
    /// `image/jpeg`.
    Jpeg,
}

/// A captcha without a key is of another shape; one without a picture is useless.
pub(crate) fn captcha(body: &Value) -> Result<Captcha, NotThisApi> {
    let key = match body.get("key") {
        Some(Value::String(key)) => key.clone(),
        Some(Value::Number(key)) => key.to_string(),
        _ => String::new(),
    };
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(NotThisApi::Shape);
    }
    let image = text_of(body.get("img")).and_then(picture).ok_or(NotThisApi::Picture)?;
    let ttl = count(body.get("ttl")).filter(|ttl| *ttl > 0).unwrap_or(USUAL_LIFE).min(LONGEST_LIFE);
    Ok(Captcha { key, image, ttl: Duration::from_secs(ttl.into()) })
}

fn text_of(value: Option<&Value>) -> Option<&str> {
    value?.as_str().map(str::trim)
}

// SECURITY: nothing but a small PNG or JPEG that starts like one reaches the web view; no SVG, no address to fetch.
fn picture(url: &str) -> Option<Picture> {
    let (kind, encoded, magic): (_, _, &[u8]) =
        if let Some(encoded) = url.strip_prefix("data:image/png;base64,") {
            (PictureKind::Png, encoded, b"\x89PNG\r\n\x1a\n")
        } else {
            (PictureKind::Jpeg, url.strip_prefix("data:image/jpeg;base64,")?, b"\xff\xd8\xff")
        };
    // Four letters carry three bytes.
    if encoded.len() > LARGEST_PICTURE.div_ceil(3) * 4 {
        return None;
    }
    let bytes = BASE64.decode(encoded).ok()?;
    (bytes.len() <= LARGEST_PICTURE && bytes.starts_with(magic)).then_some(Picture { kind, bytes })
}
