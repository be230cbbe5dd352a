use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request};
use axum::http::{Method, header};
use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Map, Value};

use super::dates::read_date;
use super::{Language, Reason};
use crate::refusal::{Errors, Refusal};

/// The fields of a request: its query for GET, its JSON body otherwise.
///
/// Each reading method answers `None` after noting why, so that one refusal names everything that is wrong.
#[derive(Debug)]
pub(crate) struct Fields {
    values: Map<String, Value>,
    language: Language,
    errors: Errors,
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let language = Language::of(request.headers());
        let values = if request.method() == Method::GET {
            let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(request.uri())
                .map_err(|_| Refusal::Malformed)?;
            query_fields(pairs)
        } else {
            json_body(request, state).await?
        };
        Ok(Self { values, language, errors: Errors::default() })
    }
}

/// `name[]` and `name[0]` gather into a list; of any other name the last value counts.
fn query_fields(pairs: Vec<(String, String)>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, value) in pairs {
        let value = Value::String(value);
        let Some((list, _)) = name.split_once('[') else {
            fields.insert(name, value);
            continue;
        };
        match fields.entry(list).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(items) => items.push(value),
            other => *other = Value::Array(vec![value]),
        }
    }
    fields
}

async fn json_body<S: Send + Sync>(request: Request, state: &S) -> Result<Map<String, Value>, Refusal> {
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    // Only JSON is read; a body of another type is as good as none, and the missing fields are then named.
    let is_json = kind.starts_with("application/json");
    let bytes = Bytes::from_request(request, state).await.map_err(|_| Refusal::Malformed)?;
    if !is_json || bytes.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(values)) => Ok(values),
        // An empty PHP array stands for an empty map.
        Ok(Value::Array(items)) if items.is_empty() => Ok(Map::new()),
        Ok(_) | Err(_) => Err(Refusal::Malformed),
    }
}

impl Fields {
    pub(crate) fn note(&mut self, field: &str, reason: &Reason) {
        self.errors.add(field, reason.text(field, self.language));
    }

    /// The refusal naming everything noted so far.
    pub(crate) fn refusal(self) -> Refusal {
        Refusal::Invalid { errors: self.errors, language: self.language }
    }

    pub(crate) fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// A field that is absent, null or only blanks counts as not given.
    pub(crate) fn given(&self, field: &str) -> Option<Value> {
        match self.values.get(field)? {
            Value::Null => None,
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(Value::String(text.trim().to_owned())),
            value => Some(value.clone()),
        }
    }

    fn required(&mut self, field: &str) -> Option<Value> {
        let value = self.given(field);
        if value.is_none() {
            self.note(field, &Reason::Required);
        }
        value
    }

    fn or_note<T>(&mut self, field: &str, result: Result<T, Reason>) -> Option<T> {
        result.map_err(|reason| self.note(field, &reason)).ok()
    }

    /// Required text of at most `most` characters.
    pub(crate) fn text(&mut self, field: &str, most: usize) -> Option<String> {
        let result = match self.required(field)? {
            Value::String(text) if text.chars().count() > most => Err(Reason::TooLong(most)),
            Value::String(text) => Ok(text),
            _ => Err(Reason::NotText),
        };
        self.or_note(field, result)
    }

    /// Required text taken as it is, blanks at its ends included, as passwords are.
    pub(crate) fn secret(&mut self, field: &str) -> Option<String> {
        self.required(field)?;
        let result = match self.values.get(field) {
            Some(Value::String(text)) => Ok(text.clone()),
            _ => Err(Reason::NotText),
        };
        self.or_note(field, result)
    }

    /// Optional text; anything else counts as not given.
    pub(crate) fn optional_text(&self, field: &str) -> Option<String> {
        self.given(field)?.as_str().map(str::to_owned)
    }

    /// One of `known`, the first of them when it is not given.
    pub(crate) fn one_of(&mut self, field: &str, known: &[&'static str]) -> String {
        let default = known.first().copied().unwrap_or_default();
        let Some(value) = self.given(field) else { return default.to_owned() };
        let found = known.iter().find(|each| value.as_str() == Some(**each)).ok_or(Reason::NotOneOf);
        self.or_note(field, found).copied().unwrap_or(default).to_owned()
    }

    /// An optional date; without a zone of its own it is in `zone`.
    pub(crate) fn optional_date(&mut self, field: &str, zone: FixedOffset) -> Option<DateTime<Utc>> {
        let value = self.given(field)?;
        let date = value.as_str().and_then(|text| read_date(text, zone)).ok_or(Reason::NotADate);
        self.or_note(field, date)
    }

    /// A required date after `now`; without a zone of its own it is in `zone`.
    pub(crate) fn future_date(
        &mut self,
        field: &str,
        now: DateTime<Utc>,
        zone: FixedOffset,
    ) -> Option<DateTime<Utc>> {
        let value = self.required(field)?;
        let result = match value.as_str().and_then(|text| read_date(text, zone)) {
            None => Err(Reason::NotADate),
            Some(instant) if instant <= now => Err(Reason::NotInTheFuture),
            Some(instant) => Ok(instant),
        };
        self.or_note(field, result)
    }

    pub(crate) fn integer(&mut self, field: &str) -> Option<u64> {
        let value = self.required(field)?;
        self.or_note(field, integer(&value))
    }

    /// An optional integer; `None` also when it was given but is none, which is noted.
    pub(crate) fn optional_integer(&mut self, field: &str) -> Option<u64> {
        let value = self.given(field)?;
        self.or_note(field, integer(&value))
    }

    /// An optional integer from 1 to `most`, or `default`.
    pub(crate) fn bounded(&mut self, field: &str, default: u64, most: u64) -> u64 {
        let Some(value) = self.given(field) else { return default };
        let result = match integer(&value) {
            Ok(0) => Err(Reason::TooSmall(1)),
            Ok(number) if number > most => Err(Reason::TooLarge(most)),
            other => other,
        };
        self.or_note(field, result).unwrap_or(default)
    }

    /// A boolean as the server's framework takes it: true, false, 1, 0, "1" or "0".
    pub(crate) fn optional_boolean(&mut self, field: &str) -> Option<bool> {
        let value = self.given(field)?;
        let result = match &value {
            Value::Bool(is_set) => Ok(*is_set),
            other => match integer(other) {
                Ok(0) => Ok(false),
                Ok(1) => Ok(true),
                _ => Err(Reason::NotABoolean),
            },
        };
        self.or_note(field, result)
    }

    /// A required list of one to `most` integers.
    pub(crate) fn integers(&mut self, field: &str, most: usize) -> Option<Vec<u64>> {
        let Value::Array(items) = self.required(field)? else {
            self.note(field, &Reason::NotAList);
            return None;
        };
        if items.is_empty() {
            self.note(field, &Reason::Required);
        }
        if items.len() > most {
            self.note(field, &Reason::TooMany(most));
        }
        let mut numbers = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let name = format!("{field}.{index}");
            let number = self.or_note(&name, integer(item));
            numbers.extend(number);
        }
        (!self.is_refused()).then_some(numbers)
    }
}

fn integer(value: &Value) -> Result<u64, Reason> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            number.as_u64().ok_or(Reason::TooSmall(1))
        }
        Value::String(text) => text.parse().map_err(|_| Reason::NotAnInteger),
        _ => Err(Reason::NotAnInteger),
    }
}
