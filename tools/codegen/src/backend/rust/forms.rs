//! String forms: the automaton of each pattern, and a type for each form that a
//! member has.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::automaton::compile;
use super::names;
use crate::backend::BackendError;
use crate::model::{Definition, Model, Shape, TextForm};

pub(super) fn generate(model: &Model) -> Result<TokenStream, BackendError> {
    let mut items = Vec::new();
    for definition in &model.definitions {
        if let Shape::Text(TextForm {
            pattern: Some(pattern),
            ..
        }) = &definition.shape
        {
            items.push(automaton(definition, pattern)?);
            if names::is_newtype(model, definition) {
                items.push(newtype(definition));
            }
        }
    }
    Ok(quote! {
        use crate::form::{Automaton, text_form};
        #(#items)*
    })
}

/// The name of a form's automaton.
pub(super) fn automaton_name(definition: &str) -> proc_macro2::Ident {
    format_ident!("{}_AUTOMATON", names::table(definition))
}

fn automaton(definition: &Definition, pattern: &str) -> Result<TokenStream, BackendError> {
    let table = compile(pattern).map_err(|problem| BackendError::Definition {
        definition: definition.name.clone(),
        problem,
    })?;
    let name = automaton_name(&definition.name);
    let (classes, transitions, accepting) = (table.classes, table.transitions, table.accepting);
    let class_count = table.class_count;
    let doc = names::doc(&format!("Matches `{pattern}`."));
    Ok(quote! {
        #doc
        pub(crate) static #name: Automaton = Automaton {
            classes: &[#(#classes),*],
            class_count: #class_count,
            transitions: &[#(#transitions),*],
            accepting: &[#(#accepting),*],
        };
    })
}

fn newtype(definition: &Definition) -> TokenStream {
    let name = format_ident!("{}", definition.name);
    let table = names::table(&definition.name);
    let doc = names::doc(&definition.description);
    quote! {
        text_form! {
            #doc
            pub struct #name = crate::generated::tables::#table;
        }
    }
}
