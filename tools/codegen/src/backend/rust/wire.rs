//! Commands: the tagged unions of all requests and all responses, and which
//! response belongs to which request.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::names;
use crate::model::{Command, Model, Shape};

pub(super) fn generate(model: &Model) -> TokenStream {
    let payloads = model.definitions.iter().filter_map(|definition| {
        let by_hand = names::BY_HAND.contains(&definition.name.as_str());
        (matches!(definition.shape, Shape::Struct(_)) && !by_hand)
            .then(|| format_ident!("{}", definition.name))
    });
    let tables = payloads.clone().map(|name| names::table(&name.to_string()));
    let commands = model.commands.iter().map(command);
    quote! {
        use crate::macros::{commands, payloads};
        payloads! { #(#payloads = #tables;)* }
        commands! { #(#commands)* }
    }
}

fn command(command: &Command) -> TokenStream {
    let variant = names::variant(&command.name);
    let (request, response) = (
        format_ident!("{}", command.request),
        format_ident!("{}", command.response),
    );
    let doc = names::doc(&command.description);
    quote!(#doc #variant: #request => #response;)
}
