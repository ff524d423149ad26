//! What the generated files are written in, so that they hold what the schema
//! says and no code.

/// Declares an enum whose values are all there are.
macro_rules! closed_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every value, in the schema's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The value as it stands on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownValue;

            fn from_str(text: &str) -> Result<Self, crate::UnknownValue> {
                match text {
                    $($text => Ok($name::$variant),)*
                    _ => Err(crate::UnknownValue { alternatives: &[$($text),*] }),
                }
            }
        }
    };
}

/// Declares an enum that keeps a value which it does not know.
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            /// A value of a later version of the protocol, or a plugin's own.
            Other(String),
        }

        impl $name {
            /// Every value that this version of the protocol knows.
            pub const KNOWN: &'static [$name] = &[$($name::$variant),*];

            /// The value as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { $($name::$variant => $text,)* $name::Other(text) => text }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text { $($text => $name::$variant,)* other => $name::Other(other.to_owned()) }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from(text.as_ref()))
            }
        }
    };
}

/// Links each object to its table.
macro_rules! payloads {
    ($($name:ident = $table:ident;)*) => {
        $(impl crate::Payload for crate::$name {
            const TABLE: &'static crate::TypeTable = &crate::generated::tables::$table;
        })*
    };
}

/// Declares the tagged unions of requests and responses.
macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident: $request:ident => $response:ident;)*) => {
        /// The members of one request, by command. Exhaustive on purpose: a
        /// command that the schema gains does not compile until it is answered.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Request { $($(#[$doc])* $variant(crate::$request)),* }

        /// The members of one response, by command.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Response {
            $($(#[$doc])* $variant(crate::$response),)*
            /// The empty response of a command whose real one is the last line
            /// of the `ndjson` stream that follows.
            Ack(crate::Command),
            /// `version` as 0.1.x has it.
            Version01(crate::VersionResponse01),
            /// `status` as 0.1.x has it.
            Status01(crate::StatusResponse01),
        }

        impl Request {
            /// The command.
            #[must_use]
            pub fn command(&self) -> crate::Command {
                match self { $(Request::$variant(_) => crate::Command::$variant),* }
            }

            pub(crate) fn table(command: crate::Command) -> &'static crate::TypeTable {
                match command { $(crate::Command::$variant => <crate::$request as crate::Payload>::TABLE),* }
            }

            pub(crate) fn read(command: crate::Command, value: serde_json::Value) -> serde_json::Result<Request> {
                match command { $(crate::Command::$variant => serde_json::from_value(value).map(Request::$variant)),* }
            }

            pub(crate) fn to_value(&self) -> serde_json::Value {
                match self { $(Request::$variant(request) => crate::Payload::to_value(request)),* }
            }
        }

        impl Response {
            /// The command that is answered.
            #[must_use]
            pub fn command(&self) -> crate::Command {
                match self {
                    $(Response::$variant(_) => crate::Command::$variant,)*
                    Response::Ack(command) => *command,
                    Response::Version01(_) => crate::Command::Version,
                    Response::Status01(_) => crate::Command::Status,
                }
            }

            pub(crate) fn table(command: crate::Command) -> &'static crate::TypeTable {
                match command { $(crate::Command::$variant => <crate::$response as crate::Payload>::TABLE),* }
            }

            pub(crate) fn read(command: crate::Command, value: serde_json::Value) -> serde_json::Result<Response> {
                match command { $(crate::Command::$variant => serde_json::from_value(value).map(Response::$variant)),* }
            }

            pub(crate) fn to_value(&self) -> serde_json::Value {
                match self {
                    $(Response::$variant(response) => crate::Payload::to_value(response),)*
                    Response::Ack(_) => serde_json::Value::Object(serde_json::Map::new()),
                    Response::Version01(response) => crate::Payload::to_value(response),
                    Response::Status01(response) => crate::Payload::to_value(response),
                }
            }
        }

        $(
            impl From<crate::$request> for Request {
                fn from(request: crate::$request) -> Request { Request::$variant(request) }
            }

            impl From<crate::$response> for Response {
                fn from(response: crate::$response) -> Response { Response::$variant(response) }
            }

            impl crate::CommandRequest for crate::$request {
                const COMMAND: crate::Command = crate::Command::$variant;
                type Response = crate::$response;

                fn response(response: Response) -> Option<crate::$response> {
                    match response { Response::$variant(response) => Some(response), _ => None }
                }
            }
        )*
    };
}

pub(crate) use {closed_enum, commands, open_enum, payloads};

/// Whether a member has the value that its absence stands for.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
