//! How definitions, fields and values are called in Rust, and which Rust type
//! holds them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::model::{Definition, Field, Kind, Model, Shape, pascal_case};

/// The heads are written by hand: the command's own type stands for `_type`.
pub(super) const BY_HAND: [&str; 2] = ["RequestHead", "ResponseHead"];

/// The documentation of an item, one attribute a line.
pub(super) fn doc(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#[doc = #text])
}

/// The name of a field: the wire's, without the head's underscore, and with one
/// behind where Rust has the word for itself.
pub(super) fn field(name: &str) -> Ident {
    let name = name.trim_start_matches('_');
    if syn::parse_str::<Ident>(name).is_ok() {
        format_ident!("{name}")
    } else {
        format_ident!("{name}_")
    }
}

/// The name of an enum's variant.
pub(super) fn variant(value: &str) -> Ident {
    format_ident!("{}", pascal_case(value))
}

/// The name of a definition's table.
pub(super) fn table(name: &str) -> Ident {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_uppercase());
    }
    format_ident!("{text}")
}

/// Whether the definition gets a type of its own that only holds texts of its
/// form. Forms that are only keys or values of maps do not: maps hold `String`s.
pub(super) fn is_newtype(model: &Model, definition: &Definition) -> bool {
    fn names(kind: &Kind, name: &str) -> bool {
        match kind {
            Kind::Named(used) => used == name,
            Kind::List { item, .. } => names(item, name),
            _ => false,
        }
    }
    let used_by = |definition: &Definition, name: &str| match &definition.shape {
        Shape::Struct(fields) => fields.iter().any(|field| names(&field.kind, name)),
        _ => false,
    };
    matches!(&definition.shape, Shape::Text(form) if form.pattern.is_some())
        && model
            .definitions
            .iter()
            .any(|other| used_by(other, &definition.name))
}

/// Whether values of this field may be secrets.
pub(super) fn is_sensitive(model: &Model, field: &Field) -> bool {
    field.sensitive || matches!(&field.kind, Kind::Named(name) if model.definition(name).sensitive)
}
