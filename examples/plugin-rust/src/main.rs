//! The smallest sound shellrt plugin: it says what it is, and refuses the rest.
//!
//! The kit reads, checks and answers; what is left is one arm a command.

use std::process::ExitCode;

use shellrt_api::{
    Command, CommandName, DescribeResponse, Error, ErrorCode, Identifier, ProtocolVersion, Request,
    VersionResponse,
};
use shellrt_kit::plugin::{Reply, serve};

fn main() -> ExitCode {
    serve(|request, _context| {
        let name = Identifier::new("smallest").map_err(internal)?;
        let wires = ProtocolVersion::supported();
        Ok::<Reply, Error>(match request {
            Request::Version(_) => VersionResponse::new(name, "1.0.0", wires).into(),
            Request::Describe(_) => {
                let commands = [Command::Version, Command::Describe].map(CommandName::from);
                DescribeResponse::new(name, "1.0.0", wires, commands.into()).into()
            }
            other => {
                return Err(Error::new(
                    ErrorCode::Unsupported,
                    format!("there is no `{}` here", other.command()),
                ));
            }
        })
    })
}

fn internal(error: impl ToString) -> Error {
    Error::new(ErrorCode::Internal, error.to_string())
}
