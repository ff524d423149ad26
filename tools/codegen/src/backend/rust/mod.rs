//! The crate `shellrt-api`: structs through typify, everything else (enums,
//! string forms, tables, messages, the error registry) by generators of our
//! own, because typify loses tags, open values, patterns and ranges.

mod automaton;
mod enums;
mod errors;
mod forms;
mod names;
mod structs;
mod tables;
mod wire;

use std::io::Write;
use std::process::{Command, Stdio};

use proc_macro2::TokenStream;

use super::{BackendError, GeneratedFile, PREAMBLE};
use crate::model::Model;

const FOLDER: &str = "bindings/rust/src/generated";

/// The generated files of `shellrt-api`.
pub fn generate(model: &Model) -> Result<Vec<GeneratedFile>, BackendError> {
    let files: [(&str, &str, TokenStream); 7] = [
        ("mod", "What `schema/v0` determines.", root()),
        (
            "enums",
            "The enums of the protocol.",
            enums::generate(model),
        ),
        (
            "errors",
            "The registry of the protocol's own errors.",
            errors::generate(model),
        ),
        ("forms", "The named string forms.", forms::generate(model)?),
        (
            "structs",
            "The objects of the protocol.",
            structs::generate(model)?,
        ),
        (
            "tables",
            "The schema as tables, for `normalise` and `check`.",
            tables::generate(model),
        ),
        (
            "wire",
            "Commands with their requests and responses.",
            wire::generate(model),
        ),
    ];
    files
        .into_iter()
        .map(|(name, purpose, tokens)| file(name, purpose, tokens))
        .collect()
}

fn root() -> TokenStream {
    quote::quote! {
        mod enums;
        mod errors;
        mod forms;
        mod structs;
        pub(crate) mod tables;
        mod wire;

        pub use enums::*;
        pub use errors::*;
        pub use forms::*;
        pub use structs::*;
        pub use wire::*;
    }
}

fn file(name: &str, purpose: &str, tokens: TokenStream) -> Result<GeneratedFile, BackendError> {
    let parsed = syn::parse2(tokens).map_err(|error| BackendError::Definition {
        definition: format!("{name}.rs"),
        problem: format!("the generator made no valid Rust: {error}"),
    })?;
    let source = format!(
        "// {PREAMBLE}\n//! {purpose}\n\n{}",
        prettyplease::unparse(&parsed)
    );
    Ok(GeneratedFile {
        path: format!("{FOLDER}/{name}.rs").into(),
        contents: rustfmt(&source)?,
    })
}

/// prettyplease makes readable code, rustfmt the code that `cargo fmt --check`
/// accepts.
fn rustfmt(source: &str) -> Result<String, BackendError> {
    let failed = |problem: String| BackendError::Tool {
        tool: "rustfmt",
        problem,
    };
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(crate::workspace_root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // rustfmt reads all of its input before it writes, so this cannot block.
        stdin
            .write_all(source.as_bytes())
            .map_err(|error| failed(error.to_string()))?;
    }
    let output = child
        .wait_with_output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(format!("{} on generated code", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))
}
