//! `img_pull`: fetches an image from its registry, and unpacks it.
//!
//! containerd's leases, content, snapshots, diff and images are asked, in this
//! order; everything that is made is under a lease until the record is there.
//! The lease of a pull that is cut off stays for a day: the next one fetches
//! only the layers that are missing.
//!
//! Errors: `image_not_found`, `registry_auth_failed`, `registry_unavailable`,
//! `registry_rate_limited`, `digest_mismatch`, `image_unsupported`,
//! `image_invalid`, `disk_full`, `busy`.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use containrs::{Credentials, Hosts, Platform, Reference, Registry};
use shellrt_api::{
    Digest, ImageId, ImgPullProgress, ImgPullRequest, ImgPullResponse, PullEvent, PullPolicy,
};
use shellrt_kit::plugin::{Context, ProgressWriter, Reply, StreamError};

use super::{Tools, unexpected};
use crate::engine::{Client, Engine};
use crate::failure::Failure;
use crate::image::{self, Fetched, Progress, Pull, Tell, literal_label};
use crate::module::{Guard, Store};
use crate::settings::Settings;

/// How often a download is told of, at most.
const TELL: Duration = Duration::from_millis(200);

/// Pulls, with or without a stream of progress.
pub(super) fn img_pull(tools: &Tools<'_>, request: ImgPullRequest) -> Result<Reply, Failure> {
    let job = Job::new(tools, request)?;
    if !job.request.progress {
        return Ok(job.run(&|_| Ok(()))?.into());
    }
    Ok(Reply::progress(move |writer: &mut ProgressWriter<'_>| {
        let teller = RefCell::new((Teller::new(), writer));
        let gone = RefCell::new(None);
        let done = job.run(&|progress| {
            let (teller, writer) = &mut *teller.borrow_mut();
            teller.tell(writer, &progress).map_err(|error| {
                // The host went: the kit knows what that means.
                gone.replace(Some(error));
                Failure::Internal("the progress could not be told".to_owned())
            })
        });
        match (gone.into_inner(), done) {
            (Some(error), _) => Err(error),
            (None, done) => Ok(done.map_err(|failure| failure.to_error())?.into()),
        }
    }))
}

/// A pull with all that it needs.
struct Job {
    settings: Settings,
    request: ImgPullRequest,
    reference: Reference,
    platform: Platform,
    engine: Engine,
    context: Context,
    _lock: Guard,
}

impl Job {
    fn new(tools: &Tools<'_>, request: ImgPullRequest) -> Result<Self, Failure> {
        let reference = image::parse(request.image.as_str(), "/image")?;
        let platform = match &request.platform {
            Some(text) => text.as_str().parse().unwrap_or_else(|_| Platform::host()),
            None => Platform::host(),
        };
        Ok(Self {
            settings: tools.settings.clone(),
            engine: tools.engine()?,
            context: tools.context.clone(),
            _lock: lock(&tools.store, &reference, tools.context)?,
            request,
            reference,
            platform,
        })
    }

    fn run(&self, tell: &Tell<'_>) -> Result<ImgPullResponse, Failure> {
        let fetched = self.engine.run(async |client| {
            tokio::select! {
                done = self.obtain(client, tell) => done,
                unwanted = self.unwanted(tell) => Err(unwanted),
            }
        })?;
        let mut response =
            ImgPullResponse::new(ImageId::new(fetched.image_id).map_err(unexpected)?);
        response.digest = Some(Digest::new(fetched.digest).map_err(unexpected)?);
        response.bytes_fetched = fetched.bytes_fetched;
        response.bytes_reused = fetched.bytes_reused;
        response.already_present = fetched.already_present;
        Ok(response)
    }

    /// Ends when the request is not wanted any more, whatever is waited for then.
    /// What the pull has brought so far stays for the next one.
    async fn unwanted(&self, tell: &Tell<'_>) -> Failure {
        loop {
            if let Err(error) = self.context.check() {
                return Failure::Reported(Box::new(error));
            }
            if let Err(failure) = tell(Progress::Waiting) {
                return failure;
            }
            tokio::time::sleep(TELL).await;
        }
    }

    async fn obtain(&self, client: &Client, tell: &Tell<'_>) -> Result<Fetched, Failure> {
        if self.request.policy != PullPolicy::Always {
            if let Some(there) = self.present(client).await? {
                return Ok(there);
            }
            if self.request.policy == PullPolicy::Never {
                let text = self.request.image.as_str().to_owned();
                return Err(Failure::ImageNotFound(text));
            }
        }
        self.fetch(client, tell).await
    }

    /// The image that is here, under this spelling too from now on.
    async fn present(&self, client: &Client) -> Result<Option<Fetched>, Failure> {
        let found = match image::find(client, &self.reference.canonical(), "/image").await {
            Ok(found) => found,
            Err(Failure::ImageNotFound(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let digest = found.record.target.digest.clone();
        if self
            .request
            .digest
            .as_ref()
            .is_some_and(|wanted| wanted.as_str() != digest)
        {
            return Ok(None);
        }
        // The same reference may name this image for another platform.
        if self.request.platform.is_some() && found.platform != self.platform {
            return Ok(None);
        }
        let (key, value) = literal_label(self.request.image.as_str());
        if found.record.labels.contains_key(&key) {
            // A pull that was killed at its very end left its lease.
            client.delete_leases_for(&self.purpose()).await?;
        } else {
            let mut record = found.record;
            record.labels.insert(key, value);
            client
                .under_lease(&self.purpose(), async |lease| {
                    client.put_image(record, lease).await
                })
                .await?;
        }
        Ok(Some(Fetched {
            image_id: found.id,
            digest,
            already_present: true,
            ..Fetched::default()
        }))
    }

    async fn fetch(&self, client: &Client, tell: &Tell<'_>) -> Result<Fetched, Failure> {
        let given = &self.request.credentials;
        let credentials = Credentials {
            username: given.username.clone(),
            password: given.password.clone(),
            identity_token: given.identity_token.clone(),
            registry_token: given.registry_token.clone(),
        };
        let hosts = Hosts::new(&self.settings.registries_dir);
        let stall = Duration::from_millis(self.request.stall_timeout_ms.into());
        let registry = Registry::connect(&self.reference, &credentials, &hosts, stall)?;
        tell(Progress::Resolve)?;
        let target = registry.resolve().await?;
        self.check_pin(target.0.digest().as_ref())?;
        // Only now is there something to keep.
        let purpose = self.purpose();
        let lease = client.create_lease(&purpose).await?;
        let fetched = Pull {
            client,
            registry: &registry,
            reference: &self.reference,
            literal: self.request.image.as_str(),
            target,
            platform: &self.platform,
            lease: &lease,
            tell,
        }
        .run()
        .await;
        // What came before the line broke is kept for the next pull; what no
        // pull can finish is not.
        if fetched
            .as_ref()
            .err()
            .is_none_or(Failure::is_final_for_a_pull)
        {
            client.delete_leases_for(&purpose).await?;
        }
        fetched
    }

    /// What the lease is for: one left by a pull that was cut off is found by it.
    fn purpose(&self) -> String {
        image::pull_of(&self.reference.canonical())
    }

    /// The reference must name what the request pinned.
    fn check_pin(&self, found: &str) -> Result<(), Failure> {
        match &self.request.digest {
            Some(wanted) if wanted.as_str() != found => Err(Failure::Mismatch(format!(
                "the reference names `{found}`, and the request wants `{wanted}`"
            ))),
            _ => Ok(()),
        }
    }
}

/// One pull of an image at a time: the second one finds everything there.
fn lock(store: &Store, reference: &Reference, context: &Context) -> Result<Guard, Failure> {
    store.lock_image(&reference.canonical(), context)
}

/// Turns progress into records, not too many of them.
struct Teller {
    told: Instant,
    /// Bytes of the blobs, by digest, to tell the sum.
    layers: std::collections::BTreeMap<String, (u64, u64)>,
}

impl Teller {
    fn new() -> Self {
        Self {
            told: Instant::now(),
            layers: std::collections::BTreeMap::new(),
        }
    }

    fn tell(
        &mut self,
        writer: &mut ProgressWriter<'_>,
        progress: &Progress,
    ) -> Result<(), StreamError> {
        let record = match progress {
            Progress::Waiting => return writer.wait(Duration::ZERO),
            Progress::Resolve => ImgPullProgress::new(PullEvent::Resolve),
            Progress::Download { layer, done, total } => {
                self.layers.insert(layer.clone(), (*done, *total));
                if done < total && self.told.elapsed() < TELL {
                    return writer.wait(Duration::ZERO);
                }
                self.told = Instant::now();
                let mut record = ImgPullProgress::new(PullEvent::Download);
                record.layer = Digest::new(layer.as_str()).ok();
                record.bytes_done = *done;
                record.bytes_total = Some(*total);
                let complete = self.layers.values().filter(|(done, total)| done == total);
                record.layers_done = u32::try_from(complete.count()).unwrap_or(u32::MAX);
                record
            }
            Progress::Unpack {
                layer,
                layers_done,
                layers_total,
            } => {
                let mut record = ImgPullProgress::new(PullEvent::Unpack);
                record.layer = Digest::new(layer.as_str()).ok();
                record.layers_done = *layers_done;
                record.layers_total = Some(*layers_total);
                record
            }
        };
        writer.progress(&record)
    }
}
