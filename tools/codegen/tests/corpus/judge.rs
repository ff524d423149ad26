//! The judges: the schema engine on the flat schema, the Rust bindings, and what
//! they say.

use std::collections::HashMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use shellrt_api::{RequestMessage, ResponseMessage, check_request, check_response};
use shellrt_codegen::flat::{Strength, document};
use shellrt_codegen::model::Model;

use crate::normal;

/// Which schema a document is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Request,
    Response,
    Response01,
}

impl Kind {
    pub(crate) const ALL: [Kind; 3] = [Kind::Request, Kind::Response, Kind::Response01];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Request => "request",
            Kind::Response => "response",
            Kind::Response01 => "response_0_1",
        }
    }

    /// The same kind, of the version that the document has.
    pub(crate) fn in_version_of(self, value: &Value) -> Kind {
        let version = value["_version"]
            .as_str()
            .and_then(|version| version.parse().ok());
        match self {
            Kind::Request => Kind::Request,
            _ if version.is_some_and(|version: shellrt_api::ProtocolVersion| version.is_0_1()) => {
                Kind::Response01
            }
            _ => Kind::Response,
        }
    }

    /// A document with `_status` is a response, of the version that it has.
    pub(crate) fn of(value: &Value) -> Kind {
        let kind = if value.get("_status").is_some() {
            Kind::Response
        } else {
            Kind::Request
        };
        kind.in_version_of(value)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) value: Value,
}

/// Why a document is refused, at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
pub(crate) struct Reason {
    pub(crate) pointer: String,
    pub(crate) rule: String,
}

/// What a judge says.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Verdict {
    pub(crate) valid: bool,
    pub(crate) faults: Vec<Reason>,
    pub(crate) canonical: Option<String>,
}

pub(crate) struct Judges<'a> {
    model: &'a Model,
    schemas: HashMap<Kind, Value>,
    open: HashMap<Kind, Validator>,
    strict: HashMap<Kind, Validator>,
    source: HashMap<Kind, Validator>,
}

fn compile(schema: &Value) -> Validator {
    jsonschema::options()
        .build(schema)
        .expect("the schema is one")
}

impl<'a> Judges<'a> {
    pub(crate) fn new(model: &'a Model) -> Judges<'a> {
        let flat = |strength| Kind::ALL.map(|kind| (kind, document(model, kind.name(), strength)));
        let schemas: HashMap<Kind, Value> = flat(Strength::Open).into();
        let open = schemas
            .iter()
            .map(|(kind, schema)| (*kind, compile(schema)))
            .collect();
        let strict = flat(Strength::Strict)
            .iter()
            .map(|(kind, schema)| (*kind, compile(schema)))
            .collect();
        let source = Kind::ALL.map(|kind| (kind, source(model, kind))).into();
        Judges {
            model,
            schemas,
            open,
            strict,
            source,
        }
    }

    /// Changes the schema under the schema engine's feet, and nowhere else.
    pub(crate) fn change_schema(&mut self, change: fn(&mut Value)) {
        for (kind, schema) in &mut self.schemas {
            let mut changed = schema.clone();
            change(&mut changed);
            self.open.insert(*kind, compile(&changed));
        }
    }

    pub(crate) fn schema(&self, document: &Document) -> Verdict {
        let mut value = document.value.clone();
        normal::normalise(self.model, document.kind, &mut value);
        let valid = self.open[&document.kind].is_valid(&value);
        let canonical =
            (valid && served(&value)).then(|| normal::canonical(self.model, document.kind, &value));
        Verdict {
            valid,
            faults: Vec::new(),
            canonical,
        }
    }

    pub(crate) fn strict_verdict(&self, document: &Document) -> bool {
        let mut value = document.value.clone();
        normal::normalise(self.model, document.kind, &mut value);
        self.strict[&document.kind].is_valid(&value)
    }

    pub(crate) fn source_verdict(&self, document: &Document) -> bool {
        let mut value = document.value.clone();
        normal::normalise(self.model, document.kind, &mut value);
        self.source[&document.kind].is_valid(&value)
    }

    pub(crate) fn rust(&self, document: &Document) -> Verdict {
        let mut value = document.value.clone();
        let faults = match document.kind {
            Kind::Request => check_request(&mut value),
            Kind::Response | Kind::Response01 => check_response(&mut value),
        };
        let reason = |fault: &shellrt_api::Fault| Reason {
            pointer: fault.pointer.to_string(),
            rule: fault.rule.to_string(),
        };
        let canonical = (faults.is_empty() && served(&value)).then(|| match document.kind {
            Kind::Request => RequestMessage::from_value(value)
                .expect("it has no fault")
                .to_canonical_json(),
            _ => ResponseMessage::from_value(value)
                .expect("it has no fault")
                .to_canonical_json(),
        });
        Verdict {
            valid: faults.is_empty(),
            faults: faults.iter().map(reason).collect(),
            canonical,
        }
    }

    /// The engine's own errors, in the protocol's words.
    pub(crate) fn schema_reasons(&self, document: &Document) -> Vec<Reason> {
        let mut value = document.value.clone();
        normal::normalise(self.model, document.kind, &mut value);
        let mut reasons: Vec<_> = self.open[&document.kind]
            .iter_errors(&value)
            .map(|error| reason(&error))
            .collect();
        reasons.sort();
        reasons.dedup();
        reasons
    }
}

/// Requests of other versions have a verdict, and nobody reads them further.
pub(crate) fn served(value: &Value) -> bool {
    let version = value["_version"]
        .as_str()
        .and_then(|version| version.parse().ok());
    version.is_some_and(|version: shellrt_api::ProtocolVersion| version.is_supported())
}

fn source(model: &Model, kind: Kind) -> Validator {
    let mut registry = jsonschema::Registry::new();
    for file in &model.files {
        let uri = format!("json-schema:///{}.schema.json", file.name);
        registry = registry
            .add(uri, file.document.to_value())
            .expect("the file is a schema");
    }
    let registry = registry.prepare().expect("every reference can be resolved");
    let root = serde_json::json!({ "$ref": format!("json-schema:///{}.schema.json", kind.name()) });
    jsonschema::options()
        .with_registry(&registry)
        .build(&root)
        .expect("the schema is one")
}

fn reason(error: &ValidationError<'_>) -> Reason {
    let at = error.instance_path().to_string();
    let instance = error.instance();
    let here = |rule: &str| Reason {
        pointer: at.clone(),
        rule: rule.into(),
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => Reason {
            pointer: format!("{at}/{}", property.as_str().unwrap_or_default()),
            rule: "required".into(),
        },
        ValidationErrorKind::PropertyNames { error } => {
            let key = error
                .instance()
                .as_str()
                .unwrap_or_default()
                .replace('~', "~0")
                .replace('/', "~1");
            Reason {
                pointer: format!("{at}/{key}"),
                rule: "key".into(),
            }
        }
        ValidationErrorKind::Type { .. } => here("type"),
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => here("range"),
        ValidationErrorKind::MinLength { .. }
        | ValidationErrorKind::MaxLength { .. }
        | ValidationErrorKind::MinItems { .. }
        | ValidationErrorKind::MaxItems { .. }
        | ValidationErrorKind::MaxProperties { .. } => here("length"),
        ValidationErrorKind::Pattern { .. } => here("form"),
        // A value that is no text is none of the texts of an enum either.
        ValidationErrorKind::OneOfNotValid { .. } if instance.is_string() => here("value"),
        ValidationErrorKind::AnyOf { .. } if instance.is_string() => here("length"),
        ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::AnyOf { .. } => {
            here("type")
        }
        other => here(&format!("{other:?}")),
    }
}
