//! The error registry as an enum.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names;
use crate::model::{ErrorRow, Model, pascal_case};

pub(super) fn generate(model: &Model) -> TokenStream {
    let rows = model.errors.iter().map(row);
    quote! {
        use crate::error_code::error_registry;
        error_registry! { #(#rows)* }
    }
}

fn row(row: &ErrorRow) -> TokenStream {
    let ErrorRow {
        code,
        name,
        class,
        retryable,
        http_status,
        meaning,
        recovery,
    } = row;
    let variant = format_ident!("{}", pascal_case(name));
    let class = names::variant(class);
    let doc = names::doc(meaning);
    quote! {
        #doc
        #variant = #code, #name, #class, #retryable, #http_status, #meaning, #recovery;
    }
}
