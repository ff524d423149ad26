//! containerd's services, as this plugin uses them: one connection for one
//! request, every call within a limit, every failure with its place.

mod containers;
mod content;
mod images;
mod leases;
mod snapshots;
mod tasks;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use containerd_client::services::v1::version_client::VersionClient;
use containerd_client::tonic;
use hyper_util::rt::TokioIo;
use shellrt_kit::plugin::Context;
use tokio::net::UnixStream;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status};
use tower::service_fn;

pub(crate) use containers::{Container, Extensions};
pub(crate) use images::Image;
pub(crate) use leases::Lease;
#[cfg(test)]
pub(crate) use tasks::Exit;
pub(crate) use tasks::{Task, TaskState};

use crate::failure::Failure;
use crate::settings::Settings;

/// How long an answer may take to a call that does next to nothing.
const PROMPT: Duration = Duration::from_secs(10);
/// How long a step of a task may take: it waits for the kernel and the logger,
/// never for the module.
const STEP: Duration = Duration::from_secs(120);
/// How long work on files may take: a large layer, on a slow card.
const WORK: Duration = Duration::from_secs(30 * 60);
/// How often containerd is asked whether it is there during a long call.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// What is kept of a deadline, to say that it has passed.
const RESERVE: Duration = Duration::from_millis(200);
/// How long containerd may take to answer at least, however little time is left.
const PROMPT_MIN: Duration = Duration::from_secs(1);
/// How long a step that has begun may take to end when the request is not wanted
/// any more.
const LAST_STEP: Duration = Duration::from_secs(2);
/// How often it is looked whether the request is still wanted.
const LOOK: Duration = Duration::from_millis(100);
/// A stream that is read slowly holds no more than this in memory.
const WINDOW: u32 = 256 * 1024;
/// The largest message that is read: a record with labels of full size.
const MESSAGE_MAX: usize = 64 * 1024 * 1024;

/// A connection to containerd, and the thread of this process that drives it.
#[derive(Debug)]
pub(crate) struct Engine {
    runtime: tokio::runtime::Runtime,
    client: Client,
}

impl Engine {
    /// Gets ready to ask containerd; it is connected to at the first call.
    pub(crate) fn new(settings: &Settings, context: &Context) -> Result<Self, Failure> {
        Self::connect(settings, Some(context.clone()))
    }

    /// As [`Engine::new`], for work that no request asked for.
    pub(crate) fn unasked(settings: &Settings) -> Result<Self, Failure> {
        Self::connect(settings, None)
    }

    fn connect(settings: &Settings, context: Option<Context>) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| Failure::Internal(format!("cannot wait for events: {error}")))?;
        let address = settings.address.clone();
        let connector = service_fn(move |_| {
            let address = address.clone();
            async move { Ok::<_, io::Error>(TokioIo::new(UnixStream::connect(address).await?)) }
        });
        let channel = {
            let _entered = runtime.enter();
            Endpoint::from_static("http://containerd")
                .initial_stream_window_size(WINDOW)
                .initial_connection_window_size(WINDOW)
                .connect_with_connector_lazy(connector)
        };
        let namespace = settings
            .namespace
            .parse()
            .map_err(|_| Failure::Internal("the namespace is no header".to_owned()))?;
        let client = Client {
            channel,
            namespace,
            address: settings.address.clone(),
            snapshotter: settings.snapshotter.clone(),
            context,
        };
        Ok(Self { runtime, client })
    }

    /// Runs what asks containerd.
    pub(crate) fn run<T>(
        &self,
        work: impl AsyncFnOnce(&Client) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.runtime.block_on(work(&self.client))
    }
}

/// What calls of containerd need. Every method is one call; its error says
/// what could not be done.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    channel: Channel,
    namespace: MetadataValue<Ascii>,
    address: PathBuf,
    snapshotter: String,
    context: Option<Context>,
}

impl Client {
    /// The version of containerd.
    pub(crate) async fn version(&self) -> Result<String, Failure> {
        let mut service = VersionClient::new(self.channel.clone());
        let call = service.version(self.request(()));
        let response = self.prompt("say its version", call).await?;
        Ok(response.version)
    }

    /// The namespace in which everything of this plugin is.
    pub(crate) fn namespace(&self) -> &str {
        self.namespace.to_str().unwrap_or_default()
    }

    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        request
            .metadata_mut()
            .insert("containerd-namespace", self.namespace.clone());
        request
    }

    /// The same under a lease: what the call makes is kept until the lease goes.
    fn leased<T>(&self, message: T, lease: &Lease) -> Request<T> {
        let mut request = self.request(message);
        if let Ok(id) = lease.id().parse() {
            request.metadata_mut().insert("containerd-lease", id);
        }
        request
    }

    /// A call that does next to nothing: without an answer in time containerd
    /// hangs.
    async fn prompt<T>(
        &self,
        action: &'static str,
        call: impl Future<Output = Result<Response<T>, Status>>,
    ) -> Result<T, Failure> {
        let limit = self.remaining().map_or(PROMPT, |left| {
            left.saturating_sub(RESERVE).clamp(PROMPT_MIN, PROMPT)
        });
        tokio::select! {
            answer = call => self.judge(action, answer),
            () = tokio::time::sleep(limit) => Err(self.silent(action, limit)),
            cancelled = self.cancelled() => Err(cancelled),
        }
    }

    /// A call that takes its time, with a look now and then whether containerd
    /// still answers at all, and whether the request is still wanted. It answers
    /// others also when a shim or a disk keeps it from answering this one for ever:
    /// that is what the limit is for.
    async fn patient<T>(
        &self,
        action: &'static str,
        limit: Duration,
        call: impl Future<Output = Result<Response<T>, Status>>,
    ) -> Result<T, Failure> {
        tokio::time::timeout(limit, self.with_heartbeat(action, call))
            .await
            .unwrap_or_else(|_| Err(self.silent(action, limit)))
    }

    async fn with_heartbeat<T>(
        &self,
        action: &'static str,
        call: impl Future<Output = Result<Response<T>, Status>>,
    ) -> Result<T, Failure> {
        let mut call = std::pin::pin!(call);
        loop {
            let beat = self
                .remaining()
                .map_or(HEARTBEAT, |left| (left / 2).clamp(LOOK, HEARTBEAT));
            tokio::select! {
                answer = &mut call => return self.judge(action, answer),
                () = tokio::time::sleep(beat) => {}
                unwanted = self.unwanted() => return Err(unwanted),
            }
            tokio::select! {
                answer = &mut call => return self.judge(action, answer),
                alive = self.version() => { alive?; }
            }
        }
    }

    fn remaining(&self) -> Option<Duration> {
        self.context.as_ref().and_then(Context::remaining)
    }

    /// Ends when the host has taken the request back, and containerd has had the
    /// time to end what it was at.
    async fn cancelled(&self) -> Failure {
        while !self.context.as_ref().is_some_and(Context::cancelled) {
            tokio::time::sleep(LOOK).await;
        }
        self.unwanted().await
    }

    /// The same, also when the deadline has passed.
    async fn unwanted(&self) -> Failure {
        loop {
            if let Some(Err(error)) = self.context.as_ref().map(Context::check) {
                tokio::time::sleep(LAST_STEP).await;
                return Failure::Reported(Box::new(error));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn judge<T>(
        &self,
        action: &'static str,
        answer: Result<Response<T>, Status>,
    ) -> Result<T, Failure> {
        match answer {
            Ok(response) => Ok(response.into_inner()),
            Err(status) => Err(self.failure(action, status)),
        }
    }

    /// A status that containerd sent is its word; one that has a source was
    /// made on this side, because the connection failed.
    fn failure(&self, action: &'static str, status: Status) -> Failure {
        let mut source = std::error::Error::source(&status);
        let mut cause = None;
        while let Some(error) = source {
            if let Some(error) = error.downcast_ref::<io::Error>()
                && error.kind() == io::ErrorKind::PermissionDenied
            {
                return Failure::SocketDenied(self.address.clone());
            }
            cause = Some(error.to_string());
            source = error.source();
        }
        match cause {
            Some(why) => Failure::Unavailable {
                address: self.address.clone(),
                why,
            },
            None if matches!(status.code(), tonic::Code::Unavailable) => Failure::Unavailable {
                address: self.address.clone(),
                why: status.message().to_owned(),
            },
            None => Failure::Engine {
                action,
                status: Box::new(status),
            },
        }
    }

    /// What it means that there was no answer for so long.
    pub(crate) fn silent(&self, action: &'static str, waited: Duration) -> Failure {
        Failure::Unavailable {
            address: self.address.clone(),
            why: format!("it did not {action} within {:.1} s", waited.as_secs_f64()),
        }
    }
}

/// A moment of containerd's as the logs count time: nanoseconds since 1970.
fn unix_nanos(moment: Option<prost_types::Timestamp>) -> Option<i64> {
    let moment = moment?;
    // Go's zero time is in the year 1; it stands for none.
    if moment.seconds <= 0 {
        return None;
    }
    moment
        .seconds
        .checked_mul(1_000_000_000)?
        .checked_add(moment.nanos.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_is_never_answered_ends_without_a_deadline_too() {
        let settings = Settings {
            address: "/run/containerd/containerd.sock".into(),
            namespace: "shellrt".to_owned(),
            state_dir: "/var/lib/shellrt".into(),
            snapshotter: "overlayfs".to_owned(),
            registries_dir: "/etc/containerd/certs.d".into(),
        };
        let engine = Engine::unasked(&settings).expect("it needs no containerd");
        let call = std::future::pending::<Result<Response<()>, Status>>();
        let ended = engine.run(async |client| {
            let limit = Duration::from_millis(20);
            client.patient("make the task", limit, call).await
        });
        let error = ended.expect_err("nobody answers").to_error();
        let expected = shellrt_api::ErrorCode::EngineUnavailable.code();
        assert_eq!(error.code, u32::from(expected));
        assert!(error.message.contains("containerd.sock"), "{error:?}");
        assert!(error.message.contains("make the task"), "{error:?}");
        assert!(error.hint.is_some());
    }
}
