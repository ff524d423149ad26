//! JSON with its members in the order of the file.
//!
//! `serde_json::Map` sorts its keys unless a feature says otherwise, and that
//! feature would be switched on for the whole workspace. The order in which the
//! schema lists fields is the order in which a person should meet them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A JSON value whose objects keep the order of their members.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Anything but an object or an array.
    Scalar(Value),
    /// An array.
    Array(Vec<Json>),
    /// An object; no key stands in it twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member of that name, where this is an object that has one.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.members()?
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The members, where this is an object.
    pub fn members(&self) -> Option<&[(String, Json)]> {
        match self {
            Json::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, where this is an array.
    pub fn items(&self) -> Option<&[Json]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, where this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The same value without the order.
    pub fn to_value(&self) -> Value {
        match self {
            Json::Scalar(value) => value.clone(),
            Json::Array(items) => items.iter().map(Json::to_value).collect(),
            Json::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.clone(), value.to_value()))
                    .collect(),
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Scalar(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Scalar(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Json>()? {
            if members.iter().any(|(name, _)| *name == key) {
                return Err(A::Error::custom(format!(
                    "the key `{key}` stands here twice"
                )));
            }
            members.push((key, value));
        }
        Ok(Json::Object(members))
    }
}
