//! A start: look up, write down, make the task, let it begin. Callers hold the
//! module's lock, and have concluded what an earlier run left.

use std::collections::BTreeMap;
use std::time::Duration;

use containerd_client::types::Mount;
use serde_json::Value;
use shellrt_common::process::boot_id;
use shellrt_common::time;

use super::cgroup::{self, Cgroup};
use super::conclude;
use super::files::{Files, Launch};
use super::machine;
use super::record::{Starting, write_history};
use super::standing::{Module, begun};
use super::stray;
use crate::config::{Config, Network};
use crate::engine::Client;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::spec::{self, Surroundings};

/// How long containerd may take to undo a start that was killed, or to forget a
/// task that is gone.
const CLEARING: Duration = Duration::from_secs(15);
/// How long one try to make a task may take meanwhile.
const ATTEMPT: Duration = Duration::from_secs(10);
/// How often it is looked whether it has.
const RETRY: Duration = Duration::from_millis(50);

/// Starts the module. Where that fails, it is as it was before, and why it
/// failed is kept with it.
pub(crate) async fn launch(
    client: &Client,
    settings: &Settings,
    files: &Files,
    module: &mut Module,
) -> Result<(), Failure> {
    let config = Config::of_spec(&module.spec)?;
    let cgroup = Cgroup::of(&settings.namespace, &module.id);
    let started = begin(client, settings, files, module, &config, &cgroup).await;
    let Err(failure) = started else {
        return Ok(());
    };
    if matches!(
        failure,
        Failure::Unavailable { .. } | Failure::SocketDenied(_) | Failure::Reported(_)
    ) {
        // Nobody is there to be told, or nobody wants to be; the next start finds
        // what this one left.
        return Err(failure);
    }
    module.history.starting = None;
    let cleared = conclude::conclude(client, module, &cgroup).await;
    module.history.failed_start = Some(failure.text());
    let noted = write_history(client, &module.id, &module.history, None).await;
    // The first failure is what people look for.
    let _ = cleared.and(noted);
    Err(failure)
}

async fn begin(
    client: &Client,
    settings: &Settings,
    files: &Files,
    module: &mut Module,
    config: &Config,
    cgroup: &Cgroup,
) -> Result<(), Failure> {
    machine::check_sources(config)?;
    let hostname = hostname(config, module);
    files.prepare(
        &Launch::new(settings, module.name.as_str(), config),
        config,
        &hostname,
    )?;
    let rootfs = client.snapshot_mounts(&module.id).await?;
    let spec = {
        let user = config
            .user
            .as_ref()
            .unwrap_or(&module.spec.image.defaults.user);
        let (passwd, group) = machine::accounts(rootfs.clone(), files.log()).map_err(|error| {
            Failure::io("look into the root file system at", &files.log(), error)
        })?;
        let identity = spec::resolve(user, &passwd, &group).map_err(Failure::StartFailed)?;
        let surroundings = Surroundings {
            hostname: &hostname,
            cgroup_path: cgroup.path(),
            cgroup_v2: Cgroup::is_v2(),
            env: &requested_env(module),
            bounding: machine::bounding(&settings.address),
            etc: &files.etc(),
            devices: &machine::devices(config)?,
            limits_swap: cgroup::limits_swap(),
        };
        spec::build(
            config,
            &module.spec.image.defaults,
            &identity,
            &surroundings,
        )
        .map_err(Failure::StartFailed)?
    };
    let boot_id = boot_id().map_err(|error| {
        Failure::io(
            "read",
            std::path::Path::new("/proc/sys/kernel/random/boot_id"),
            error,
        )
    })?;
    // A start that was killed is being undone by containerd, maybe only now.
    let patience = match &module.history.starting {
        Some(killed) if killed.boot_id == boot_id => CLEARING,
        _ => Duration::ZERO,
    };
    // On disk before anything runs: after a power cut it tells that it may have.
    module.history.starting = Some(Starting {
        boot_id: boot_id.clone(),
        begun_at: time::now(),
    });
    module.history.failed_start = None;
    let spec = spec.to_string().into_bytes();
    write_history(client, &module.id, &module.history, Some(spec)).await?;

    let log = files.log_uri()?;
    let pid = make_task(client, settings, &module.id, rootfs, &log, patience).await?;
    if config.network == Network::None {
        machine::raise_loopback(pid)
            .map_err(|error| Failure::StartFailed(format!("its loopback stays down: {error}")))?;
    }
    // Before it begins: it may end before the answer is here.
    let started_at = time::now();
    client.start_task(&module.id).await.map_err(refused)?;
    module.history.starting = None;
    module.history.last = Some(begun(boot_id, started_at));
    write_history(client, &module.id, &module.history, None).await
}

/// Makes the task. An earlier one may still be on its way out, whoever was killed
/// while it ended. What undoes a start takes files away from under it, at any
/// place, and may leave a shim that never answers: until `patience` is over any
/// failure, and any silence, may be its doing.
async fn make_task(
    client: &Client,
    settings: &Settings,
    id: &str,
    rootfs: Vec<Mount>,
    log: &str,
    patience: Duration,
) -> Result<u32, Failure> {
    let begun = tokio::time::Instant::now();
    loop {
        stray::end_shims(&settings.namespace, id);
        let making = client.create_task(id, rootfs.clone(), log);
        let made = if patience.is_zero() {
            making.await
        } else {
            let silent = |_| Err(client.silent("make the task", ATTEMPT));
            tokio::time::timeout(ATTEMPT, making)
                .await
                .unwrap_or_else(silent)
        };
        match made {
            Err(failure) if failure.is_already_there() && begun.elapsed() < CLEARING => {
                // Nobody else starts it: this process holds the lock.
                let _ = conclude::end_task(client, id).await;
                tokio::time::sleep(RETRY).await;
            }
            Err(Failure::Engine { status, .. })
                if begun.elapsed() < CLEARING
                    && stray::is_bundle_left(status.message(), &settings.namespace, id) =>
            {
                let _ = conclude::end_task(client, id).await;
                stray::remove_bundle(status.message(), &settings.namespace, id);
                tokio::time::sleep(RETRY).await;
            }
            Err(Failure::Engine { .. } | Failure::Unavailable { .. })
                if begun.elapsed() < patience =>
            {
                tokio::time::sleep(RETRY).await;
            }
            other => return other.map_err(refused),
        }
    }
}

/// What containerd's runtime refuses is something of the module: the engine
/// itself has answered. Its text says what; nothing else does.
fn refused(failure: Failure) -> Failure {
    match failure {
        Failure::Engine { status, .. } if !status.message().contains("no space left") => {
            Failure::StartFailed(status.message().to_owned())
        }
        other => other,
    }
}

/// The environment of the request.
fn requested_env(module: &Module) -> BTreeMap<String, String> {
    let env = module.spec.request.get("env").and_then(Value::as_object);
    let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    env.into_iter().flatten().filter_map(pair).collect()
}

/// Its own, or the machine's where it shares the machine's network; the kernel
/// takes 64 bytes.
fn hostname(config: &Config, module: &Module) -> String {
    let machines = || {
        rustix::system::uname()
            .nodename()
            .to_string_lossy()
            .into_owned()
    };
    match (&config.hostname, config.network) {
        (Some(name), _) => name.clone(),
        (None, Network::Host) => machines(),
        (None, Network::None) => module.name.as_str().chars().take(63).collect(),
    }
}
