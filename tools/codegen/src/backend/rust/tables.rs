//! The schema as static tables, one a definition.

use proc_macro2::TokenStream;
use quote::quote;

use super::{forms, names};
use crate::model::{Definition, Field, Kind, MapForm, Model, Range, Shape, TextForm};

pub(super) fn generate(model: &Model) -> TokenStream {
    let tables = model.definitions.iter().map(table);
    quote! {
        use super::forms::*;
        use crate::table::{FieldTable, Shape, TypeTable};
        #(#tables)*
    }
}

fn table(definition: &Definition) -> TokenStream {
    let (ident, name, sensitive) = (
        names::table(&definition.name),
        &definition.name,
        definition.sensitive,
    );
    let shape = shape(definition);
    quote! {
        pub(crate) static #ident: TypeTable = TypeTable { name: #name, sensitive: #sensitive, shape: #shape };
    }
}

fn shape(definition: &Definition) -> TokenStream {
    match &definition.shape {
        Shape::Struct(fields) => {
            let fields = fields.iter().map(field);
            quote!(Shape::Struct(&[#(#fields),*]))
        }
        Shape::Text(form) => text(form, Some(&definition.name)),
        Shape::Integer(range) => integer(*range),
        Shape::Closed(values) => {
            let texts = values.iter().map(|value| &value.text);
            quote!(Shape::Closed(&[#(#texts),*]))
        }
        Shape::Open(_, form) => text(form, None),
        Shape::Map(form) => map(form),
        Shape::Free => quote!(Shape::Free),
    }
}

fn field(field: &Field) -> TokenStream {
    let Field {
        name,
        required,
        sensitive,
        ..
    } = field;
    let shape = kind(&field.kind);
    quote!(FieldTable { name: #name, required: #required, sensitive: #sensitive, shape: #shape })
}

fn kind(kind_of: &Kind) -> TokenStream {
    match kind_of {
        Kind::Named(name) => {
            let table = names::table(name);
            quote!(Shape::Named(&#table))
        }
        Kind::Boolean => quote!(Shape::Boolean),
        Kind::Integer(range) => integer(*range),
        Kind::List {
            min_items,
            max_items,
            item,
        } => {
            let item = kind(item);
            quote!(Shape::List { min_items: #min_items, max_items: #max_items, item: &#item })
        }
        Kind::Map(form) => map(form),
    }
}

fn text(form: &TextForm, definition: Option<&str>) -> TokenStream {
    let TextForm {
        min_length,
        max_length,
        pattern,
    } = form;
    let max_length = max_length.unwrap_or(u64::MAX);
    let automaton = match (pattern, definition) {
        (Some(_), Some(name)) => {
            let automaton = forms::automaton_name(name);
            quote!(Some(&#automaton))
        }
        _ => quote!(None),
    };
    quote!(Shape::Text { min_length: #min_length, max_length: #max_length, automaton: #automaton })
}

fn integer(range: Range) -> TokenStream {
    let Range { minimum, maximum } = range;
    quote!(Shape::Integer { minimum: #minimum, maximum: #maximum })
}

fn map(form: &MapForm) -> TokenStream {
    let (key, value, max_members) = (
        names::table(&form.key),
        names::table(&form.value),
        form.max_members,
    );
    quote!(Shape::Map { key: &#key, value: &#value, max_members: #max_members })
}
