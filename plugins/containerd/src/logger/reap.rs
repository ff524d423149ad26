//! Records how a module ended and deletes its task, so that nothing of an ended
//! module stays in memory.

use std::path::Path;
use std::time::Duration;

use shellrt_api::ModuleName;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::module::{self, Cgroup, Launch, Store};
use crate::settings::Settings;

/// How long another command may hold the module: a `restart` holds it for all
/// of its grace, and concludes the run itself.
const LOCK: Duration = Duration::from_secs(15);

/// Records the end. Says whether there is nothing left to do.
pub(super) fn run(directory: &Path) -> bool {
    let Ok(launch) = Launch::read(directory) else {
        return false;
    };
    let Ok(name) = ModuleName::new(launch.name.as_str()) else {
        return false;
    };
    let settings = Settings::of_launch(&launch);
    let Ok(guard) = Store::new(&settings).lock_within(&name, LOCK) else {
        return false;
    };
    let Ok(engine) = Engine::unasked(&settings) else {
        return false;
    };
    let concluded = engine.run(async |client| {
        let mut module = module::look_for(client, &name).await?;
        let cgroup = Cgroup::of(&settings.namespace, &module.id);
        module::conclude(client, &mut module, &cgroup).await
    });
    if concluded.as_ref().is_err_and(Failure::leaves_no_module) {
        guard.discard();
    }
    concluded.is_ok()
}
