//! One file per command, and the one place that leads to them.

mod create;
mod describe;
mod list;
mod logs;
mod remove;
mod restart;
mod start;
mod stats;
mod status;
mod stop;
mod sys_info;
mod top;
mod version;

use shellrt_api::{Command, Request};
use shellrt_kit::plugin::{Context, Reply};

use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::Store;

/// The plugin's name.
const NAME: &str = "process";
/// The plugin's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Carries out one request. There is no wildcard: a command that is added to
/// the protocol does not compile until it is answered here.
pub(crate) fn carry_out(
    store: &Store,
    request: Request,
    context: &Context,
) -> Result<Reply, Failure> {
    let patience = Patience::new(context);
    let reply = match request {
        Request::Version(_) => version::version()?.into(),
        Request::Describe(_) => describe::describe()?.into(),
        Request::Create(request) => create::create(store, &request, patience)?.into(),
        Request::Remove(request) => remove::remove(store, &request, patience)?.into(),
        Request::Start(request) => start::start(store, &request, patience)?.into(),
        Request::Stop(request) => stop::stop(store, &request, patience)?.into(),
        Request::Restart(request) => restart::restart(store, &request, patience)?.into(),
        Request::List(request) => list::list(store, &request)?.into(),
        Request::Status(request) => status::status(store, &request)?.into(),
        Request::Logs(request) => logs::logs(store, &request, patience)?,
        Request::Top(request) => top::top(store, &request)?.into(),
        Request::Stats(request) => stats::stats(store, &request)?.into(),
        Request::SysInfo(_) => sys_info::sys_info(store)?.into(),
        Request::ImgPull(_) => return Err(no_images(Command::ImgPull)),
        Request::ImgLoad(_) => return Err(no_images(Command::ImgLoad)),
        Request::ImgRemove(_) => return Err(no_images(Command::ImgRemove)),
        Request::ImgList(_) => return Err(no_images(Command::ImgList)),
        Request::NetworkEnsure(_) => return Err(no_networks()),
    };
    Ok(reply)
}

fn no_images(command: Command) -> Failure {
    let command = command.as_str();
    Failure::Unsupported(format!(
        "`{command}` is not supported: modules are programs of this machine, not images"
    ))
}

fn no_networks() -> Failure {
    let command = Command::NetworkEnsure.as_str();
    Failure::Unsupported(format!(
        "`{command}` is not supported: modules use the network of this machine"
    ))
}

/// A constant of this plugin that has not the form that the protocol wants.
fn malformed(error: shellrt_api::FormError) -> Failure {
    Failure::Internal(format!("a name in the plugin itself is malformed: {error}"))
}
