//! The objects: typify turns a flat view of the schema into structs, and a pass
//! over its output gives them the schema's order, constructors, defaults that
//! are left out on the wire, and a `Debug` that hides secrets.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Value, json};
use syn::{Ident, Type};
use typify::{TypeSpace, TypeSpaceSettings};

use super::names;
use crate::backend::BackendError;
use crate::model::{Definition, Field, Kind, Model, Range, Shape};

pub(super) fn generate(model: &Model) -> Result<TokenStream, BackendError> {
    let types = field_types(model)?;
    let mut items = Vec::new();
    for definition in structs(model) {
        if let Shape::Struct(fields) = &definition.shape {
            items.push(Struct::new(model, definition, fields, &types)?.tokens());
        }
    }
    Ok(quote! {
        use serde::{Deserialize, Serialize};
        use crate::redact::Redacted;
        #(#items)*
    })
}

fn structs(model: &Model) -> impl Iterator<Item = &Definition> {
    model.definitions.iter().filter(|definition| {
        matches!(definition.shape, Shape::Struct(_))
            && !names::BY_HAND.contains(&definition.name.as_str())
    })
}

/// What typify makes of each field: the type by struct and wire name.
fn field_types(model: &Model) -> Result<HashMap<(String, String), Type>, BackendError> {
    let failed = |problem: String| BackendError::Tool {
        tool: "typify",
        problem,
    };
    let schema = serde_json::from_value(view(model)).map_err(|error| failed(error.to_string()))?;
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type("::std::collections::BTreeMap".to_owned());
    for definition in &model.definitions {
        if has_own_type(model, definition) {
            let path = format!("crate::{}", definition.name);
            settings.with_replacement(&definition.name, path, std::iter::empty());
        }
    }
    let mut space = TypeSpace::new(&settings);
    space
        .add_root_schema(schema)
        .map_err(|error| failed(error.to_string()))?;
    let file: syn::File =
        syn::parse2(space.to_stream()).map_err(|error| failed(error.to_string()))?;
    let mut types = HashMap::new();
    for item in file.items {
        let syn::Item::Struct(item) = item else {
            continue;
        };
        for field in item.fields {
            if let Some(name) = wire_name(&field) {
                types.insert((item.ident.to_string(), name), plain(&field.ty));
            }
        }
    }
    Ok(types)
}

/// typify spells every path out; a person reads the prelude's names.
fn plain(kind: &Type) -> Type {
    let mut text = quote!(#kind).to_string().replace(' ', "");
    for (spelled, short) in [
        ("::std::string::", ""),
        ("::std::option::", ""),
        ("::std::vec::", ""),
        ("::std::collections::", "std::collections::"),
        ("::serde_json::", "serde_json::"),
    ] {
        text = text.replace(spelled, short);
    }
    syn::parse_str(&text).unwrap_or_else(|_| kind.clone())
}

/// The name in `#[serde(rename = "...")]`, else the field's own.
fn wire_name(field: &syn::Field) -> Option<String> {
    let mut name = field.ident.as_ref().map(Ident::to_string);
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // Other serde settings of the field are replaced anyway.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    name
}

fn has_own_type(model: &Model, definition: &Definition) -> bool {
    matches!(definition.shape, Shape::Closed(_) | Shape::Open(..))
        || names::is_newtype(model, definition)
}

/// The schema in the one shape that typify reads well: a flat map of objects,
/// with texts, numbers and maps written out where they are used. Members with a
/// default count as required: they are never absent in Rust.
fn view(model: &Model) -> Value {
    let own = model
        .definitions
        .iter()
        .filter(|definition| has_own_type(model, definition));
    let mut definitions: serde_json::Map<String, Value> = own
        .map(|definition| (definition.name.clone(), json!({ "type": "string" })))
        .collect();
    for definition in structs(model) {
        let Shape::Struct(fields) = &definition.shape else {
            continue;
        };
        let required: Vec<&str> = fields
            .iter()
            .filter(|field| field.required || field.default.is_some())
            .map(|field| field.name.as_str())
            .collect();
        let properties: serde_json::Map<String, Value> = fields
            .iter()
            .map(|field| (field.name.clone(), kind_view(model, &field.kind)))
            .collect();
        definitions.insert(
            definition.name.clone(),
            // Without `additionalProperties` an empty object becomes a map.
            json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false }),
        );
    }
    json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions })
}

fn kind_view(model: &Model, kind: &Kind) -> Value {
    let map = |value: &str| json!({ "type": "object", "additionalProperties": map_value_view(model, value) });
    match kind {
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Integer(range) => integer_view(*range),
        Kind::List { item, .. } => json!({ "type": "array", "items": kind_view(model, item) }),
        Kind::Map(form) => map(&form.value),
        Kind::Named(name) => {
            let definition = model.definition(name);
            match &definition.shape {
                _ if has_own_type(model, definition) => reference(name),
                Shape::Integer(range) => integer_view(*range),
                Shape::Map(form) => map(&form.value),
                Shape::Free => json!({ "type": "object", "additionalProperties": true }),
                Shape::Text(_) => json!({ "type": "string" }),
                Shape::Struct(_) | Shape::Closed(_) | Shape::Open(..) => reference(name),
            }
        }
    }
}

fn map_value_view(model: &Model, name: &str) -> Value {
    match model.definition(name).shape {
        Shape::Text(_) => json!({ "type": "string" }),
        _ => reference(name),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// typify drops ranges that are not exactly a Rust type's, and makes NonZero of
/// `minimum: 1`; the format alone decides. `check` keeps the range.
fn integer_view(range: Range) -> Value {
    let format = match range {
        Range {
            minimum: 0..,
            maximum: 0..=0xffff_ffff,
        } => "uint32",
        Range { minimum: 0.., .. } => "uint64",
        _ => "int64",
    };
    json!({ "type": "integer", "format": format })
}

/// One struct and all that belongs to it.
struct Struct<'a> {
    definition: &'a Definition,
    name: Ident,
    fields: Vec<Member<'a>>,
}

struct Member<'a> {
    field: &'a Field,
    name: Ident,
    kind: Type,
    default: Default,
    sensitive: bool,
}

/// What an absent member stands for.
enum Default {
    /// Nothing: the member is required.
    Required,
    /// `None`.
    Absent,
    /// The value that `Default` gives.
    Usual,
    /// Another value.
    Special(TokenStream),
}

impl<'a> Struct<'a> {
    fn new(
        model: &'a Model,
        definition: &'a Definition,
        fields: &'a [Field],
        types: &HashMap<(String, String), Type>,
    ) -> Result<Struct<'a>, BackendError> {
        let problem = |problem: String| BackendError::Definition {
            definition: definition.name.clone(),
            problem,
        };
        let mut members = Vec::new();
        for field in fields {
            let kind = types.get(&(definition.name.clone(), field.name.clone()));
            let kind =
                kind.ok_or_else(|| problem(format!("typify made no field `{}`", field.name)))?;
            let default = default(model, field).map_err(problem)?;
            members.push(Member {
                field,
                name: names::field(&field.name),
                kind: if matches!(default, Default::Absent) {
                    optional(kind)
                } else {
                    kind.clone()
                },
                default,
                sensitive: definition.sensitive || names::is_sensitive(model, field),
            });
        }
        Ok(Struct {
            definition,
            name: format_ident!("{}", definition.name),
            fields: members,
        })
    }

    fn tokens(&self) -> TokenStream {
        let (declaration, constructor, debug) =
            (self.declaration(), self.constructor(), self.debug());
        let defaults = self.defaults();
        quote!(#declaration #constructor #debug #defaults)
    }

    fn declaration(&self) -> TokenStream {
        let (name, doc) = (&self.name, names::doc(&self.definition.description));
        let fields = self.fields.iter().map(|member| member.declaration(name));
        let debug = (!self.fields.iter().any(|member| member.sensitive)).then(|| quote!(Debug,));
        quote! {
            #doc
            #[derive(Clone, #debug PartialEq, Eq, Serialize, Deserialize)]
            #[non_exhaustive]
            pub struct #name { #(#fields),* }
        }
    }

    /// `new` takes what is required; everything else begins as if absent.
    fn constructor(&self) -> TokenStream {
        let name = &self.name;
        let required = |member: &&Member<'_>| matches!(member.default, Default::Required);
        let parameters = self.fields.iter().filter(required).map(|member| {
            let (name, kind) = (&member.name, &member.kind);
            if is_string(kind) {
                quote!(#name: impl Into<String>)
            } else {
                quote!(#name: #kind)
            }
        });
        let values = self.fields.iter().map(|member| member.initial());
        let doc = names::doc("With what must be there; every other member as if it were absent.");
        // `Error::new` is made by hand from the registry.
        let new = format_ident!("{}", if name == "Error" { "from_parts" } else { "new" });
        let default = (!self.fields.iter().any(|member| required(&member)))
            .then(|| quote!(impl Default for #name { fn default() -> Self { Self::new() } }));
        quote! {
            impl #name {
                #doc
                #[must_use]
                pub fn #new(#(#parameters),*) -> Self { Self { #(#values),* } }
            }
            #default
        }
    }

    fn debug(&self) -> Option<TokenStream> {
        self.fields.iter().any(|member| member.sensitive).then(|| {
            let (name, text) = (&self.name, self.name.to_string());
            let fields = self.fields.iter().map(|member| {
                let (name, text) = (&member.name, member.name.to_string());
                if member.sensitive {
                    quote!(.field(#text, &Redacted))
                } else {
                    quote!(.field(#text, &self.#name))
                }
            });
            quote! {
                impl std::fmt::Debug for #name {
                    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.debug_struct(#text) #(#fields)* .finish()
                    }
                }
            }
        })
    }

    /// The functions behind `default` and `skip_serializing_if` of members whose
    /// default is not the type's own.
    fn defaults(&self) -> TokenStream {
        let functions = self.fields.iter().filter_map(|member| {
            let Default::Special(value) = &member.default else {
                return None;
            };
            let (default, skip) = member.default_functions(&self.name);
            let kind = &member.kind;
            Some(quote! {
                fn #default() -> #kind { #value }
                fn #skip(value: &#kind) -> bool { *value == #default() }
            })
        });
        quote!(#(#functions)*)
    }
}

impl Member<'_> {
    fn declaration(&self, owner: &Ident) -> TokenStream {
        let (name, kind, wire) = (&self.name, &self.kind, &self.field.name);
        let doc = names::doc(&self.field.description);
        let rename = (*name != *wire).then(|| quote!(#[serde(rename = #wire)]));
        let serde = match &self.default {
            Default::Required => None,
            Default::Absent => {
                Some(quote!(#[serde(default, skip_serializing_if = "Option::is_none")]))
            }
            Default::Usual => {
                Some(quote!(#[serde(default, skip_serializing_if = "crate::macros::is_default")]))
            }
            Default::Special(_) => {
                let (default, skip) = self.default_functions(owner);
                let (default, skip) = (default.to_string(), skip.to_string());
                Some(quote!(#[serde(default = #default, skip_serializing_if = #skip)]))
            }
        };
        quote!(#doc #rename #serde pub #name: #kind)
    }

    fn initial(&self) -> TokenStream {
        let name = &self.name;
        match &self.default {
            Default::Required if is_string(&self.kind) => quote!(#name: #name.into()),
            Default::Required => quote!(#name),
            Default::Absent => quote!(#name: None),
            Default::Usual => quote!(#name: Default::default()),
            Default::Special(value) => quote!(#name: #value),
        }
    }

    fn default_functions(&self, owner: &Ident) -> (Ident, Ident) {
        let stem = format!(
            "{}_{}",
            names::table(&owner.to_string()).to_string().to_lowercase(),
            self.name
        );
        (
            format_ident!("{stem}_default"),
            format_ident!("{stem}_is_default"),
        )
    }
}

/// typify takes an absent map for an empty one; here the two differ.
fn optional(kind: &Type) -> Type {
    let text = quote!(#kind).to_string().replace(' ', "");
    if text.starts_with("Option<") {
        kind.clone()
    } else {
        syn::parse_quote!(Option<#kind>)
    }
}

fn is_string(kind: &Type) -> bool {
    quote!(#kind).to_string() == "String"
}

/// The default of a field as Rust.
fn default(model: &Model, field: &Field) -> Result<Default, String> {
    let Some(value) = &field.default else {
        return Ok(if field.required {
            Default::Required
        } else {
            Default::Absent
        });
    };
    match (value, &field.kind) {
        (Value::Bool(false), Kind::Boolean) => Ok(Default::Usual),
        (Value::Array(items), Kind::List { .. }) if items.is_empty() => Ok(Default::Usual),
        (Value::Object(members), Kind::Named(_) | Kind::Map(_)) if members.is_empty() => {
            Ok(Default::Usual)
        }
        (Value::Number(number), _) => match number.as_u64() {
            Some(0) => Ok(Default::Usual),
            Some(number) => {
                let number = proc_macro2::Literal::u64_unsuffixed(number);
                Ok(Default::Special(quote!(#number)))
            }
            None => Err(format!(
                "the default of `{}` is negative, which no generated code expects",
                field.name
            )),
        },
        (Value::String(text), Kind::Named(name))
            if matches!(model.definition(name).shape, Shape::Closed(_)) =>
        {
            let (name, variant) = (format_ident!("{name}"), names::variant(text));
            Ok(Default::Special(quote!(crate::#name::#variant)))
        }
        _ => Err(format!(
            "the default of `{}` is of a kind that no back end knows",
            field.name
        )),
    }
}
