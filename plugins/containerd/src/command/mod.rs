//! One file per command, and the one place that leads to them.

mod create;
mod describe;
mod img_list;
mod img_load;
mod img_pull;
mod img_remove;
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

use shellrt_api::{Command, ModuleName, Request};
use shellrt_kit::plugin::{Context, Reply};

use crate::engine::Engine;
use crate::failure::Failure;
use crate::module::Store;
use crate::settings::Settings;

/// The plugin's name.
const NAME: &str = "containerd";
/// The plugin's version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a command works with.
struct Tools<'a> {
    settings: &'a Settings,
    store: Store,
    context: &'a Context,
}

impl Tools<'_> {
    fn engine(&self) -> Result<Engine, Failure> {
        Engine::new(self.settings, self.context)
    }

    /// Changes a module under its lock; one that is not there keeps none.
    fn changing<T>(
        &self,
        name: &ModuleName,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let lock = self.store.lock(name, self.context)?;
        let done = work();
        if done.as_ref().is_err_and(Failure::leaves_no_module) {
            lock.discard();
        }
        done
    }

    /// For a step from which the request can be repeated: fails where the
    /// deadline has passed or the host has given up.
    fn check(&self) -> Result<(), Failure> {
        let wanted = self.context.check();
        wanted.map_err(|error| Failure::Reported(Box::new(error)))
    }
}

/// Carries out one request. There is no wildcard: a command that is added to
/// the protocol does not compile until it is answered here.
pub(crate) fn carry_out(
    settings: &Settings,
    request: Request,
    context: &Context,
) -> Result<Reply, Failure> {
    let tools = Tools {
        settings,
        store: Store::new(settings),
        context,
    };
    let reply = match request {
        Request::Version(_) => version::version()?.into(),
        Request::Describe(_) => describe::describe()?.into(),
        Request::ImgPull(request) => img_pull::img_pull(&tools, request)?,
        Request::ImgLoad(request) => img_load::img_load(&tools, &request)?.into(),
        Request::ImgRemove(request) => img_remove::img_remove(&tools, &request)?.into(),
        Request::ImgList(_) => img_list::img_list(&tools)?.into(),
        Request::Create(request) => create::create(&tools, &request)?.into(),
        Request::Remove(request) => remove::remove(&tools, &request)?.into(),
        Request::Start(request) => start::start(&tools, &request)?.into(),
        Request::Stop(request) => stop::stop(&tools, &request)?.into(),
        Request::Restart(request) => restart::restart(&tools, &request)?.into(),
        Request::List(request) => list::list(&tools, &request)?.into(),
        Request::Status(request) => status::status(&tools, &request)?.into(),
        Request::Logs(request) => logs::logs(&tools, &request)?,
        Request::Top(request) => top::top(&tools, &request)?.into(),
        Request::Stats(request) => stats::stats(&tools, &request)?.into(),
        Request::SysInfo(_) => sys_info::sys_info(&tools)?.into(),
        Request::NetworkEnsure(_) => return Err(not_built(Command::NetworkEnsure)),
    };
    Ok(reply)
}

fn not_built(command: Command) -> Failure {
    let command = command.as_str();
    Failure::Unsupported(format!(
        "`{command}` is not supported by this version of the plugin"
    ))
}

/// A constant of this plugin that has not the form that the protocol wants.
fn malformed(error: shellrt_api::FormError) -> Failure {
    Failure::Internal(format!("a name in the plugin itself is malformed: {error}"))
}

/// Something that containerd gave has not the form that the protocol wants.
fn unexpected(error: shellrt_api::FormError) -> Failure {
    Failure::Internal(format!(
        "containerd gave what the protocol cannot carry: {error}"
    ))
}
