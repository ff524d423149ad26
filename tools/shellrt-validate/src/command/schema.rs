//! `schema`: the contract as one document, whole or narrowed to a message type.

use clap::Args;

use crate::contract::{self, Branch, Direction};
use crate::exit;
use crate::fault::Failure;

/// Print the schema, whole or of one message type
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shellrt-validate schema                     the schema of requests
  shellrt-validate schema stop                of a `stop` request
  shellrt-validate schema --response stop     of the response to it
  shellrt-validate schema Labels              of one definition")]
pub(crate) struct Arguments {
    /// A command such as `stop`, or a definition such as `ModuleName` [default: every command]
    #[arg(value_name = "TYPE")]
    message_type: Option<String>,
    /// Responses instead of requests
    #[arg(long)]
    response: bool,
    /// The response shapes of wire 0.1
    #[arg(long, requires = "response")]
    wire_0_1: bool,
    /// As senders should write: no unknown members
    #[arg(long)]
    strict: bool,
    /// Every definition, also those that TYPE does not need
    #[arg(long, visible_alias = "flat")]
    bundle: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let direction = match (arguments.response, arguments.wire_0_1) {
        (false, _) => Direction::Request,
        (true, false) => Direction::Response,
        (true, true) => Direction::Response01,
    };
    let schema = match &arguments.message_type {
        None => contract::whole(direction, arguments.strict)?,
        Some(name) if contract::commands()?.contains(name) => {
            if arguments.bundle {
                contract::branch(direction, arguments.strict, &Branch::Command(name.clone()))?
            } else {
                contract::narrowed(direction, arguments.strict, &Branch::Command(name.clone()))?
            }
        }
        Some(name) => contract::definition(name, arguments.strict)?,
    };
    crate::report::write_out(format!("{schema:#}\n").as_bytes())?;
    Ok(exit::OK)
}
