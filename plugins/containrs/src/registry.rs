//! One repository of a registry, with one login.

use std::pin::Pin;
use std::sync::Once;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use oci_client::client::{Certificate, CertificateEncoding, Client, ClientConfig, ClientProtocol};
use oci_client::manifest::OciDescriptor;
use oci_client::secrets::RegistryAuth;
use oci_client::{Reference as ClientReference, RegistryOperation};
use oci_spec::image::{Descriptor, MediaType};
use sha2::{Digest, Sha256};

use crate::document::media_type_of;
use crate::error::chain;
use crate::{Credentials, Error, Hosts, Reference};

/// The longest manifest or index, as the specification recommends.
const DOCUMENT_MAX: usize = 4 * 1024 * 1024;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(30);
const ACCEPTED: [&str; 4] = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];

/// The bytes of a blob as they arrive.
pub type BlobStream = Pin<Box<dyn Stream<Item = Result<Bytes, Error>>>>;

/// A repository, ready to be asked.
pub struct Registry {
    client: Client,
    reference: ClientReference,
    auth: RegistryAuth,
    shown: String,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("Registry")
            .field(&self.shown)
            .finish()
    }
}

impl Registry {
    /// Gets ready to ask the repository of `reference`. Nothing is sent yet. A
    /// transfer in which no byte arrives for `stall_timeout` is given up.
    ///
    /// # Errors
    /// `Configuration` where the registry's file cannot be used.
    pub fn connect(
        reference: &Reference,
        credentials: &Credentials,
        hosts: &Hosts,
        stall_timeout: Duration,
    ) -> Result<Self, Error> {
        install_tls();
        let host = hosts.find(reference.registry())?;
        let certificate = |data| Certificate {
            encoding: CertificateEncoding::Pem,
            data,
        };
        let config = ClientConfig {
            protocol: if host.plain_http {
                ClientProtocol::Http
            } else {
                ClientProtocol::Https
            },
            accept_invalid_certificates: host.skip_verify,
            extra_root_certificates: host.authorities.into_iter().map(certificate).collect(),
            read_timeout: Some(stall_timeout),
            connect_timeout: Some(CONNECT.min(stall_timeout)),
            user_agent: concat!("shellrt/", env!("CARGO_PKG_VERSION")),
            ..ClientConfig::default()
        };
        let client = Client::try_from(config).map_err(|error| {
            let registry = reference.registry();
            Error::Configuration(format!("`{registry}` cannot be asked: {}", chain(&error)))
        })?;
        Ok(Self {
            client,
            reference: reference.inner().clone(),
            auth: credentials.to_auth()?,
            shown: reference.canonical(),
        })
    }

    /// What the reference names: its descriptor and its bytes, which are what
    /// the digest says.
    ///
    /// # Errors
    /// Any but `Configuration`.
    pub async fn resolve(&self) -> Result<(Descriptor, Vec<u8>), Error> {
        // A login that the registry refuses fails here, and not as a manifest
        // that cannot be read.
        self.client
            .auth(&self.reference, &self.auth, RegistryOperation::Pull)
            .await
            .map_err(|error| self.failed(error))?;
        let bytes = self.fetch(&self.reference).await?;
        let digest = sha256(&bytes);
        let media_type = MediaType::from(media_type_of(&bytes)?.as_str());
        let digest = digest
            .parse::<oci_spec::image::Digest>()
            .map_err(|error| Error::Invalid(error.to_string()))?;
        Ok((
            Descriptor::new(media_type, bytes.len() as u64, digest),
            bytes,
        ))
    }

    /// The document that `descriptor` names.
    ///
    /// # Errors
    /// Any but `Configuration`.
    pub async fn manifest(&self, descriptor: &Descriptor) -> Result<Vec<u8>, Error> {
        let digest = descriptor.digest().to_string();
        let reference = self.reference.clone_with_digest(digest.clone());
        let bytes = self.fetch(&reference).await?;
        if bytes.len() as u64 != descriptor.size() || sha256(&bytes) != digest {
            return Err(Error::DigestMismatch {
                expected: digest,
                found: format!("{} bytes of `{}`", bytes.len(), sha256(&bytes)),
            });
        }
        Ok(bytes)
    }

    async fn fetch(&self, reference: &ClientReference) -> Result<Vec<u8>, Error> {
        let fetched = self
            .client
            .pull_manifest_raw(reference, &self.auth, &ACCEPTED);
        let (bytes, _) = fetched.await.map_err(|error| self.failed(error))?;
        if bytes.len() > DOCUMENT_MAX {
            let text = format!(
                "the manifest of `{}` is larger than {DOCUMENT_MAX} bytes",
                self.shown
            );
            return Err(Error::Unsupported(text));
        }
        Ok(bytes.to_vec())
    }

    /// Streams a blob. A body that is longer than the descriptor says is an
    /// error, and so is one that is not what the digest says, at its end.
    ///
    /// # Errors
    /// Any but `Configuration`.
    pub async fn blob(&self, descriptor: &Descriptor) -> Result<BlobStream, Error> {
        let wanted = OciDescriptor {
            media_type: descriptor.media_type().to_string(),
            digest: descriptor.digest().to_string(),
            size: i64::try_from(descriptor.size()).unwrap_or(i64::MAX),
            // Never `urls`: an image does not choose whom this machine asks.
            ..OciDescriptor::default()
        };
        let begun = self.client.pull_blob_stream(&self.reference, &wanted).await;
        let body = begun.map_err(|error| self.failed(error))?.stream;
        let state = (body, descriptor.size(), wanted.digest, self.shown.clone());
        Ok(Box::pin(stream::unfold(Some(state), async |state| {
            let (mut body, left, digest, shown) = state?;
            let piece = body.next().await?;
            let checked = checked(piece, left, &digest, &shown);
            let rest = checked.as_ref().ok().map(|bytes| left - bytes.len() as u64);
            Some((checked, rest.map(|left| (body, left, digest, shown))))
        })))
    }

    fn failed(&self, error: oci_client::errors::OciDistributionError) -> Error {
        Error::of(error, &self.shown)
    }
}

/// A piece of a body of which `left` bytes are to come.
fn checked(
    piece: std::io::Result<Bytes>,
    left: u64,
    digest: &str,
    shown: &str,
) -> Result<Bytes, Error> {
    match piece {
        Ok(bytes) if bytes.len() as u64 <= left => Ok(bytes),
        Ok(_) => Err(Error::DigestMismatch {
            expected: digest.to_owned(),
            found: "more bytes than its size".to_owned(),
        }),
        Err(error) => {
            let why = chain(&error);
            // The client's own type for it is private; what comes from the
            // network is never of this kind.
            let is_mismatch = error.kind() == std::io::ErrorKind::Other
                && why.to_ascii_lowercase().contains("digest");
            Err(if is_mismatch {
                Error::DigestMismatch {
                    expected: digest.to_owned(),
                    found: why,
                }
            } else {
                Error::Unavailable {
                    reference: shown.to_owned(),
                    why,
                }
            })
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// TLS needs one provider of its algorithms for the whole process.
fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // It fails where the program has installed one already, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
