//! What every object of the protocol can do: be read with the schema's full
//! verdict, and be written in its one canonical form.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    Command, CommandName, Fault, FaultRule, Request, Response, TypeTable, canonical, json, table,
};

/// An object of the protocol.
///
/// Reading through this trait gives the schema's verdict. Plain `serde` reading
/// checks types and forms only.
pub trait Payload: Serialize + DeserializeOwned {
    /// The object's definition in the schema.
    const TABLE: &'static TypeTable;

    /// Reads the object: `normalise`, `check`, then the types.
    ///
    /// # Errors
    /// Every fault, in the order of the pointers.
    fn from_value(mut value: Value) -> Result<Self, Vec<Fault>> {
        table::normalise(&mut value, Self::TABLE);
        let faults = table::check(&value, Self::TABLE);
        if !faults.is_empty() {
            return Err(faults);
        }
        serde_json::from_value(value).map_err(|error| vec![unexpected(&error)])
    }

    /// Reads the object from bytes.
    ///
    /// # Errors
    /// One fault with the rule `syntax`, or those of [`Payload::from_value`].
    fn decode(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        Self::from_value(json::parse(bytes).map_err(|fault| vec![fault])?)
    }

    /// The object as JSON, without members that have their default.
    fn to_value(&self) -> Value {
        // Every payload is made of maps with text keys, texts, integers and
        // booleans: serde_json has no reason to refuse one.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The object in canonical form: one line, keys sorted by code point.
    fn to_canonical_json(&self) -> String {
        canonical::to_string(&self.to_value())
    }
}

/// A request whose response has a type of its own.
pub trait CommandRequest: Payload + Into<Request> {
    /// The command.
    const COMMAND: Command;
    /// What answers it.
    type Response: Payload + Into<Response>;

    /// The response out of the union; `None` for another command's.
    fn response(response: Response) -> Option<Self::Response>;
}

/// The tables let nothing through that the types refuse; should they ever
/// differ, it is a fault of the document's reader, said as such.
pub(crate) fn unexpected(error: &serde_json::Error) -> Fault {
    Fault::at(
        "",
        FaultRule::Semantic,
        format!("the document passed every check and yet cannot be read: {error}"),
    )
}

impl From<Command> for CommandName {
    /// The name of a command of the protocol; `describe` may list others too.
    fn from(command: Command) -> CommandName {
        CommandName::unchecked(command.as_str().to_owned())
    }
}
