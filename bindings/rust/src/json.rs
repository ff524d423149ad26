//! Strict reading of JSON: what `serde_json` accepts, less duplicate keys and
//! anything after the document.
//!
//! Two readers that take different ones of two equal keys would act on
//! different requests, so such a document is refused. A byte order mark, bad
//! UTF-8, lone surrogates, `NaN` and nesting deeper than 128 are refused by
//! `serde_json` itself.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::{Fault, FaultRule};

/// Reads one JSON document.
///
/// # Errors
/// One fault with the rule `syntax`, whose message names line and column.
pub fn parse(bytes: &[u8]) -> Result<Value, Fault> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let document =
        StrictValue::deserialize(&mut reader).and_then(|value| reader.end().map(|()| value.0));
    document.map_err(|error| {
        Fault::at(
            "",
            FaultRule::Syntax,
            format!("this is not one JSON document: {error}"),
        )
        .expecting("one JSON document in UTF-8, and nothing but white space after it")
    })
}

struct StrictValue(Value);

impl<'de> Deserialize<'de> for StrictValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(StrictValue)
    }
}

struct StrictVisitor;

impl<'de> DeserializeSeed<'de> for StrictVisitor {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(StrictVisitor)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.contains_key(&key) {
                return Err(A::Error::custom("the same key stands twice in one object"));
            }
            let value = map.next_value_seed(StrictVisitor)?;
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn numbers_are_read_to_the_last_digit() {
        for (text, spelled) in [
            ("31105079179356064570", "3.1105079179356066e+19"),
            ("0.1", "0.1"),
            ("1E16", "1e+16"),
            ("-0", "-0.0"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            let value = parse(text.as_bytes()).expect(text);
            assert_eq!(value.to_string(), spelled);
        }
    }
}
