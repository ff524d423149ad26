//! Closed enums, whose values are all there are, and open ones, which keep a
//! value that they do not know.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names;
use crate::model::{Definition, KnownValue, Model, Shape};

pub(super) fn generate(model: &Model) -> TokenStream {
    let items = model
        .definitions
        .iter()
        .filter_map(|definition| match &definition.shape {
            Shape::Closed(values) => Some(one(definition, &format_ident!("closed_enum"), values)),
            Shape::Open(values, _) => Some(one(definition, &format_ident!("open_enum"), values)),
            _ => None,
        });
    quote! {
        use crate::macros::{closed_enum, open_enum};
        #(#items)*
    }
}

fn one(definition: &Definition, kind: &proc_macro2::Ident, values: &[KnownValue]) -> TokenStream {
    let name = format_ident!("{}", definition.name);
    let doc = names::doc(&definition.description);
    let variants = values.iter().map(|value| {
        let (variant, text) = (names::variant(&value.text), &value.text);
        let doc = names::doc(&value.description);
        quote!(#doc #variant = #text)
    });
    quote! {
        #kind! {
            #doc
            pub enum #name { #(#variants),* }
        }
    }
}
