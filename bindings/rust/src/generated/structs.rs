// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! The objects of the protocol.

use crate::redact::Redacted;
use serde::{Deserialize, Serialize};
/// Something in a request that the plugin did not carry out, or carried out differently, without failing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Warning {
    /// What was left out or changed, and why.
    pub message: String,
    /// Which part of the request it is about. Absent where it is about the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<crate::JsonPointer>,
}
impl Warning {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            pointer: None,
        }
    }
}
/// Asks for a module.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateRequest {
    /// The module's name. A module of that name made by the same request is a success that changes nothing; one made by another is code 21 (`module_conflict`).
    pub name: crate::ModuleName,
    /// Environment variables. Where `config` names one too, `config` wins. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub env: std::collections::BTreeMap<String, String>,
    /// Labels. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub labels: std::collections::BTreeMap<String, String>,
    /// Which kind of `config` this is, one of those that `describe` lists.
    pub config_type: crate::Identifier,
    /// What to run and how, in the form that `describe` publishes for the config type.
    pub config: serde_json::Map<String, serde_json::Value>,
}
impl CreateRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(
        name: crate::ModuleName,
        config_type: crate::Identifier,
        config: serde_json::Map<String, serde_json::Value>,
    ) -> Self {
        Self {
            name,
            env: Default::default(),
            labels: Default::default(),
            config_type,
            config,
        }
    }
}
impl std::fmt::Debug for CreateRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CreateRequest")
            .field("name", &self.name)
            .field("env", &Redacted)
            .field("labels", &Redacted)
            .field("config_type", &self.config_type)
            .field("config", &Redacted)
            .finish()
    }
}
/// The module is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The image that it was made from. Absent: the plugin has no images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_id: Option<crate::ImageId>,
    /// What of the request was not carried out as asked, at most 1024. Absent: nothing.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub warnings: Vec<Warning>,
    /// Whether it was made by this request.
    pub changed: bool,
}
impl CreateResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self {
            image_id: None,
            warnings: Default::default(),
            changed,
        }
    }
}
/// Asks what the plugin can do. It has no members of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribeRequest {}
impl DescribeRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
impl Default for DescribeRequest {
    fn default() -> Self {
        Self::new()
    }
}
/// What the plugin can do. What is not listed is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribeResponse {
    /// The plugin's name.
    pub name: crate::Identifier,
    /// The plugin's own version.
    pub version: String,
    /// The wire versions that the plugin serves, highest first, 1 to 64.
    pub protocol_versions: Vec<crate::ProtocolVersion>,
    /// The commands that the plugin carries out, at most 256. Every other one is answered with code 3 (`unsupported`). Commands that the reader does not know are kept.
    pub commands: Vec<crate::CommandName>,
    /// What the plugin can do beyond what every plugin must, at most 256. Absent: nothing.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub features: Vec<crate::Feature>,
    /// The plugin's limits. Absent: the protocol's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// What `create` takes, by `config_type`, at most 256. Absent: the plugin makes no modules.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub config_types: std::collections::BTreeMap<String, ConfigType>,
}
impl DescribeResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(
        name: crate::Identifier,
        version: impl Into<String>,
        protocol_versions: Vec<crate::ProtocolVersion>,
        commands: Vec<crate::CommandName>,
    ) -> Self {
        Self {
            name,
            version: version.into(),
            protocol_versions,
            commands,
            features: Default::default(),
            limits: None,
            config_types: Default::default(),
        }
    }
}
/// Limits that a host can know beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Limits {
    /// The largest request that is read, in bytes, 65536 to 2^53 - 1.
    #[serde(
        default = "limits_request_max_bytes_default",
        skip_serializing_if = "limits_request_max_bytes_is_default"
    )]
    pub request_max_bytes: u64,
    /// The longest module name, in characters, 1 to 128.
    #[serde(
        default = "limits_module_name_max_length_default",
        skip_serializing_if = "limits_module_name_max_length_is_default"
    )]
    pub module_name_max_length: u32,
    /// The largest number of modules, 1 to 2^53 - 1. Absent: no limit of the plugin's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modules_max: Option<u64>,
}
impl Limits {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {
            request_max_bytes: 16777216,
            module_name_max_length: 128,
            modules_max: None,
        }
    }
}
impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}
fn limits_request_max_bytes_default() -> u64 {
    16777216
}
fn limits_request_max_bytes_is_default(value: &u64) -> bool {
    *value == limits_request_max_bytes_default()
}
fn limits_module_name_max_length_default() -> u32 {
    128
}
fn limits_module_name_max_length_is_default(value: &u32) -> bool {
    *value == limits_module_name_max_length_default()
}
/// One kind of `config` that `create` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConfigType {
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The JSON Schema (draft 2020-12) of `config`. Advisory: it lets hosts check and explain before anything runs; the plugin's own check decides.
    pub schema: serde_json::Map<String, serde_json::Value>,
}
impl ConfigType {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(schema: serde_json::Map<String, serde_json::Value>) -> Self {
        Self {
            description: None,
            schema,
        }
    }
}
/// Why a request failed. A caller decides by `code`, and by `class` and `retryable` where it does not know the code; an error of a class that it does not know is not retryable. It never decides by the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Error {
    /// Which error it is. 0 to 99 are the protocol's and listed in errors.json, 100 and above are a plugin's own.
    pub code: u32,
    /// The kind of error, named by how one recovers from it.
    pub class: crate::ErrorClass,
    /// What failed and why, for people. Holds no secret.
    pub message: String,
    /// Whether the same request, sent again unchanged, may succeed. For the protocol's own codes it is what errors.json says.
    pub retryable: bool,
    /// How long to wait before trying again, in milliseconds, 0 to 86400000. Absent: the caller's own backoff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u32>,
    /// What a person can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Facts for programs. With code 1 it has the members of `IncompatibleVersionDetail`, with code 2 those of `InvalidRequestDetail`; with others what the plugin documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<serde_json::Map<String, serde_json::Value>>,
    /// What lay behind the error, the nearest cause first, at most 64. Absent: none known.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub causes: Vec<String>,
}
impl Error {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn from_parts(
        code: u32,
        class: crate::ErrorClass,
        message: impl Into<String>,
        retryable: bool,
    ) -> Self {
        Self {
            code,
            class,
            message: message.into(),
            retryable,
            retry_after_ms: None,
            hint: None,
            detail: None,
            causes: Default::default(),
        }
    }
}
/// What `detail` holds for code 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IncompatibleVersionDetail {
    /// The version that the request asked for.
    pub requested: crate::ProtocolVersion,
    /// The versions that the plugin serves, highest first, 1 to 64.
    pub supported: Vec<crate::ProtocolVersion>,
}
impl IncompatibleVersionDetail {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(requested: crate::ProtocolVersion, supported: Vec<crate::ProtocolVersion>) -> Self {
        Self {
            requested,
            supported,
        }
    }
}
/// What `detail` holds for code 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvalidRequestDetail {
    /// Each thing that is wrong, in the order of their pointers, 1 to 1024. A plugin that reads with a stock JSON parser may report the first one only.
    pub faults: Vec<Fault>,
}
impl InvalidRequestDetail {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(faults: Vec<Fault>) -> Self {
        Self { faults }
    }
}
/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fault {
    /// Where it is.
    pub pointer: crate::JsonPointer,
    /// The rule that is broken.
    pub rule: crate::FaultRule,
    /// What is wrong, for people. Sensitive values are not repeated in it.
    pub message: String,
    /// What would have been right, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}
impl Fault {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(
        pointer: crate::JsonPointer,
        rule: crate::FaultRule,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer,
            rule,
            message: message.into(),
            expected: None,
        }
    }
}
/// Asks for the images. It has no members of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgListRequest {}
impl ImgListRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
impl Default for ImgListRequest {
    fn default() -> Self {
        Self::new()
    }
}
/// The images.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgListResponse {
    /// Every image, at most 65536.
    pub images: Vec<ImageDetails>,
}
impl ImgListResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(images: Vec<ImageDetails>) -> Self {
        Self { images }
    }
}
/// One image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImageDetails {
    /// The image's id, the same that `status` reports for its modules.
    pub image_id: crate::ImageId,
    /// The references exactly as they were pulled or loaded, at most 65536. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub references: Vec<crate::ImageReference>,
    /// The same in full, with registry and tag, at most 65536. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub canonical_references: Vec<crate::ImageReference>,
    /// The digest of what the reference named. Absent: not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<crate::Digest>,
    /// What its content takes on disk, shared layers included. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// When the image was built. Absent: it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<crate::Timestamp>,
    /// The modules that were made from it, at most 65536. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub in_use_by: Vec<crate::ModuleName>,
}
impl ImageDetails {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(image_id: crate::ImageId) -> Self {
        Self {
            image_id,
            references: Default::default(),
            canonical_references: Default::default(),
            digest: None,
            size_bytes: None,
            created_at: None,
            in_use_by: Default::default(),
        }
    }
}
/// Asks to import an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgLoadRequest {
    /// The archive: an OCI image layout or the output of `docker save`, as a tar file, plain or compressed, on the plugin's machine.
    pub path: crate::AbsolutePath,
    /// Which of several platforms to import. Absent: the plugin's machine's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<crate::Platform>,
}
impl ImgLoadRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(path: crate::AbsolutePath) -> Self {
        Self {
            path,
            platform: None,
        }
    }
}
/// The images are there and verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgLoadResponse {
    /// What the archive held, at most 65536.
    pub images: Vec<LoadedImage>,
}
impl ImgLoadResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(images: Vec<LoadedImage>) -> Self {
        Self { images }
    }
}
/// One image out of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoadedImage {
    /// The image's id.
    pub image_id: crate::ImageId,
    /// The names that the archive gives it, at most 65536. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub references: Vec<crate::ImageReference>,
    /// The digest of its manifest. Absent: the archive has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<crate::Digest>,
}
impl LoadedImage {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(image_id: crate::ImageId) -> Self {
        Self {
            image_id,
            references: Default::default(),
            digest: None,
        }
    }
}
/// Asks for an image.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgPullRequest {
    /// Which image.
    pub image: crate::ImageReference,
    /// How to log in. Absent or empty: anonymously.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub credentials: Credentials,
    /// When the registry is asked.
    #[serde(
        default = "img_pull_request_policy_default",
        skip_serializing_if = "img_pull_request_policy_is_default"
    )]
    pub policy: crate::PullPolicy,
    /// The digest that the image's manifest or index must have. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<crate::Digest>,
    /// Which of several platforms to fetch. Absent: the plugin's machine's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<crate::Platform>,
    /// Whether to report progress: the response is then empty with `_stream: ndjson`, each line of the stream is an `ImgPullProgress`, and the last is the response.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub progress: bool,
    /// How long no byte may arrive before the attempt is given up, in milliseconds, 1000 to 3600000.
    #[serde(
        default = "img_pull_request_stall_timeout_ms_default",
        skip_serializing_if = "img_pull_request_stall_timeout_ms_is_default"
    )]
    pub stall_timeout_ms: u32,
}
impl ImgPullRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(image: crate::ImageReference) -> Self {
        Self {
            image,
            credentials: Default::default(),
            policy: crate::PullPolicy::Always,
            digest: None,
            platform: None,
            progress: Default::default(),
            stall_timeout_ms: 60000,
        }
    }
}
impl std::fmt::Debug for ImgPullRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ImgPullRequest")
            .field("image", &self.image)
            .field("credentials", &Redacted)
            .field("policy", &self.policy)
            .field("digest", &self.digest)
            .field("platform", &self.platform)
            .field("progress", &self.progress)
            .field("stall_timeout_ms", &self.stall_timeout_ms)
            .finish()
    }
}
fn img_pull_request_policy_default() -> crate::PullPolicy {
    crate::PullPolicy::Always
}
fn img_pull_request_policy_is_default(value: &crate::PullPolicy) -> bool {
    *value == img_pull_request_policy_default()
}
fn img_pull_request_stall_timeout_ms_default() -> u32 {
    60000
}
fn img_pull_request_stall_timeout_ms_is_default(value: &u32) -> bool {
    *value == img_pull_request_stall_timeout_ms_default()
}
/// How to log in to a registry: a user with a password, or a token. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Credentials {
    /// The user. Absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The user's password. Absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// A token to get access tokens with, in place of the password. Absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_token: Option<String>,
    /// An access token that is sent to the registry as it is. Absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry_token: Option<String>,
}
impl Credentials {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {
            username: None,
            password: None,
            identity_token: None,
            registry_token: None,
        }
    }
}
impl Default for Credentials {
    fn default() -> Self {
        Self::new()
    }
}
impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("username", &Redacted)
            .field("password", &Redacted)
            .field("identity_token", &Redacted)
            .field("registry_token", &Redacted)
            .finish()
    }
}
/// The image is there and verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgPullResponse {
    /// The image's id.
    pub image_id: crate::ImageId,
    /// The digest of what the reference named: an index, or the manifest itself. Absent: the plugin's engine keeps none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<crate::Digest>,
    /// Bytes that came over the network for this request.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub bytes_fetched: u64,
    /// Bytes of the image that were there already.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub bytes_reused: u64,
    /// Whether nothing had to be fetched but, with policy `always`, the manifest.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub already_present: bool,
}
impl ImgPullResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(image_id: crate::ImageId) -> Self {
        Self {
            image_id,
            digest: None,
            bytes_fetched: Default::default(),
            bytes_reused: Default::default(),
            already_present: Default::default(),
        }
    }
}
/// One line of progress. Several lines about one layer carry growing numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgPullProgress {
    /// What is going on.
    pub event: crate::PullEvent,
    /// Which layer. Absent: the whole image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<crate::Digest>,
    /// Bytes done, of the layer or the whole.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub bytes_done: u64,
    /// Bytes to do. Absent: not known yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes_total: Option<u64>,
    /// The rate over the last few seconds. Absent: not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes_per_second: Option<u64>,
    /// Layers done, 0 to 65536.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub layers_done: u32,
    /// Layers to do, 0 to 65536. Absent: not known yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers_total: Option<u32>,
    /// More, for people. Absent: nothing to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
impl ImgPullProgress {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(event: crate::PullEvent) -> Self {
        Self {
            event,
            layer: None,
            bytes_done: Default::default(),
            bytes_total: None,
            bytes_per_second: None,
            layers_done: Default::default(),
            layers_total: None,
            message: None,
        }
    }
}
/// Asks to remove an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgRemoveRequest {
    /// Which image, by reference or by id. By id, all its references go.
    pub image: crate::ImageReference,
    /// Whether to remove it although modules use it. Those that run go on.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub force: bool,
}
impl ImgRemoveRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(image: crate::ImageReference) -> Self {
        Self {
            image,
            force: Default::default(),
        }
    }
}
/// The image is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImgRemoveResponse {
    /// Whether it was there.
    pub changed: bool,
    /// The references that were removed, at most 65536. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub references: Vec<crate::ImageReference>,
}
impl ImgRemoveResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self {
            changed,
            references: Default::default(),
        }
    }
}
/// Asks for the modules.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListRequest {
    /// Whether to report each module as `status` does.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub details: bool,
    /// Only modules that have all of these labels with these values. Absent: all modules.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub labels: std::collections::BTreeMap<String, String>,
}
impl ListRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {
            details: Default::default(),
            labels: Default::default(),
        }
    }
}
impl Default for ListRequest {
    fn default() -> Self {
        Self::new()
    }
}
impl std::fmt::Debug for ListRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ListRequest")
            .field("details", &self.details)
            .field("labels", &Redacted)
            .finish()
    }
}
/// The modules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListResponse {
    /// Their names, at most 65536.
    pub modules: Vec<crate::ModuleName>,
    /// One item a module, in the same order, at most 65536. Absent: `details` was not asked for, or there are none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub details: Vec<ListItem>,
}
impl ListResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(modules: Vec<crate::ModuleName>) -> Self {
        Self {
            modules,
            details: Default::default(),
        }
    }
}
/// One module of a list: its state, or why that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListItem {
    /// Which module.
    pub name: crate::ModuleName,
    /// How it is. Absent: it could not be read, and `error` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusResponse>,
    /// Why it could not be read. Absent: it could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
}
impl ListItem {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self {
            name,
            status: None,
            error: None,
        }
    }
}
/// Asks for a module's output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LogsRequest {
    /// Which module.
    pub name: crate::ModuleName,
    /// Whether to go on with what the module writes from now on, until it ends.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub follow: bool,
    /// Only the last so many records (lines, or pieces of 16384 bytes of longer lines). 0: none but what follows. Absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tail: Option<u64>,
    /// Only records written at or after this moment, in unix seconds. With `since_time`, the later one counts. Absent: from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
    /// Only records written before this moment, in unix seconds. With `until_time`, the earlier one counts. Absent: to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
    /// As `since`, in RFC 3339 form. Absent: from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_time: Option<crate::Timestamp>,
    /// As `until`, in RFC 3339 form. Absent: to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_time: Option<crate::Timestamp>,
    /// Whether each record begins with the time at which it was written, with exactly 9 digits of a second and `Z`, and a space.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub timestamps: bool,
    /// Which streams, at most 2. Absent: both.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub streams: Vec<crate::LogStream>,
    /// How the stream is framed.
    #[serde(
        default = "logs_request_framing_default",
        skip_serializing_if = "logs_request_framing_is_default"
    )]
    pub framing: crate::LogFraming,
}
impl LogsRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self {
            name,
            follow: Default::default(),
            tail: None,
            since: None,
            until: None,
            since_time: None,
            until_time: None,
            timestamps: Default::default(),
            streams: Default::default(),
            framing: crate::LogFraming::Raw,
        }
    }
}
fn logs_request_framing_default() -> crate::LogFraming {
    crate::LogFraming::Raw
}
fn logs_request_framing_is_default(value: &crate::LogFraming) -> bool {
    *value == logs_request_framing_default()
}
/// The stream follows. It has no members of its own; `_stream` is what `framing` asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LogsResponse {}
impl LogsResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
impl Default for LogsResponse {
    fn default() -> Self {
        Self::new()
    }
}
/// Asks for a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkEnsureRequest {
    /// Which network.
    pub name: crate::NetworkName,
    /// Whether it has IPv6 addresses.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub ipv6: bool,
    /// The address ranges, at most 64. Absent: the plugin chooses.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub ipam: Vec<IpamConfig>,
}
impl NetworkEnsureRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::NetworkName) -> Self {
        Self {
            name,
            ipv6: Default::default(),
            ipam: Default::default(),
        }
    }
}
/// One address range of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IpamConfig {
    /// The range. Absent: the plugin chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnet: Option<crate::Subnet>,
    /// The address of the gateway. Absent: the plugin chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<crate::IpAddress>,
    /// The part of the range that modules get addresses from. Absent: all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip_range: Option<crate::Subnet>,
}
impl IpamConfig {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {
            subnet: None,
            gateway: None,
            ip_range: None,
        }
    }
}
impl Default for IpamConfig {
    fn default() -> Self {
        Self::new()
    }
}
/// The network is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkEnsureResponse {
    /// Whether it was made by this request.
    pub changed: bool,
    /// Where the existing network differs from the request, at most 1024. Absent: nowhere.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub drift: Vec<NetworkDrift>,
    /// The network's address ranges, at most 64. Absent: not known.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub subnets: Vec<crate::Subnet>,
}
impl NetworkEnsureResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self {
            changed,
            drift: Default::default(),
            subnets: Default::default(),
        }
    }
}
/// One difference between an existing network and the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkDrift {
    /// Which member of the request.
    pub pointer: crate::JsonPointer,
    /// What the request asks for. Absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// What the network has. Absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
}
impl NetworkDrift {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(pointer: crate::JsonPointer) -> Self {
        Self {
            pointer,
            wanted: None,
            actual: None,
        }
    }
}
/// Asks to remove a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoveRequest {
    /// Which module.
    pub name: crate::ModuleName,
}
impl RemoveRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self { name }
    }
}
/// The module is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoveResponse {
    /// Whether it was there.
    pub changed: bool,
}
impl RemoveResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self { changed }
    }
}
/// Asks to restart a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RestartRequest {
    /// Which module.
    pub name: crate::ModuleName,
    /// How long it may take to end by itself, in seconds, 0 to 86400. Absent: the module's own stop timeout, else 10. It is cut to what the deadline leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
}
impl RestartRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self {
            name,
            timeout: None,
        }
    }
}
/// The module was started again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RestartResponse {
    /// Whether this request started it; true in every success.
    pub changed: bool,
    /// What was not carried out as `create` asked, at most 1024. Absent: nothing.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub warnings: Vec<Warning>,
}
impl RestartResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self {
            changed,
            warnings: Default::default(),
        }
    }
}
/// Asks to start a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StartRequest {
    /// Which module.
    pub name: crate::ModuleName,
}
impl StartRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self { name }
    }
}
/// The module runs, or ran and has ended since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StartResponse {
    /// Whether this request started it.
    pub changed: bool,
    /// What was not carried out as `create` asked, at most 1024. Absent: nothing.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub warnings: Vec<Warning>,
}
impl StartResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self {
            changed,
            warnings: Default::default(),
        }
    }
}
/// Asks for samples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatsRequest {
    /// Which modules, at most 65536. Absent or empty: all that run.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub names: Vec<crate::ModuleName>,
}
impl StatsRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {
            names: Default::default(),
        }
    }
}
impl Default for StatsRequest {
    fn default() -> Self {
        Self::new()
    }
}
/// The samples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatsResponse {
    /// One item a module, in the order asked for or of their names, at most 65536.
    pub modules: Vec<StatsItem>,
}
impl StatsResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(modules: Vec<StatsItem>) -> Self {
        Self { modules }
    }
}
/// One module's sample, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatsItem {
    /// Which module.
    pub name: crate::ModuleName,
    /// What it uses. Absent: it could not be measured, and `error` says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<StatsSample>,
    /// Why it could not be measured. Absent: it could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
}
impl StatsItem {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self {
            name,
            sample: None,
            error: None,
        }
    }
}
/// What a module has used since it started, and uses now. A number that the plugin cannot measure is absent, never 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatsSample {
    /// When it was measured.
    pub read_at: crate::Timestamp,
    /// Processor time used, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_time_us: Option<u64>,
    /// Memory in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
    /// The most memory it may use. Absent: no limit, or not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_limit_bytes: Option<u64>,
    /// Number of processes, 0 to 2^31 - 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process_count: Option<u32>,
    /// Bytes received from networks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_received_bytes: Option<u64>,
    /// Bytes sent to networks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_sent_bytes: Option<u64>,
    /// Bytes read from disks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_read_bytes: Option<u64>,
    /// Bytes written to disks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_written_bytes: Option<u64>,
}
impl StatsSample {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(read_at: crate::Timestamp) -> Self {
        Self {
            read_at,
            cpu_time_us: None,
            memory_bytes: None,
            memory_limit_bytes: None,
            process_count: None,
            network_received_bytes: None,
            network_sent_bytes: None,
            block_read_bytes: None,
            block_written_bytes: None,
        }
    }
}
/// Asks how a module is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusRequest {
    /// Which module.
    pub name: crate::ModuleName,
}
impl StatusRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self { name }
    }
}
/// How a module is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusResponse {
    /// Which module.
    pub name: crate::ModuleName,
    /// Its state.
    pub state: crate::ModuleState,
    /// The state as a host's watchdog sees it, derived by the table in docs/protocol.md.
    pub status: crate::ModuleStatus,
    /// More about the state, for people. Absent: nothing to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Why it is in that state, for programs. Absent: nothing unusual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<crate::StateReason>,
    /// The image's reference as `create` gave it. Absent: the plugin has no images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<crate::ImageReference>,
    /// The image's id. Absent: the plugin has no images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_id: Option<crate::ImageId>,
    /// The process id of its first process. Absent: it does not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// When it was made.
    pub created_at: crate::Timestamp,
    /// When it was last started. Absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<crate::Timestamp>,
    /// When it last ended. Absent: never, or it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<crate::Timestamp>,
    /// How it last ended. Absent: never, or it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// Whether it last ended because its memory ran out.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub oom_killed: bool,
    /// Its labels. Absent: none.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub labels: std::collections::BTreeMap<String, String>,
}
impl StatusResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(
        name: crate::ModuleName,
        state: crate::ModuleState,
        status: crate::ModuleStatus,
        created_at: crate::Timestamp,
    ) -> Self {
        Self {
            name,
            state,
            status,
            description: None,
            reason: None,
            image: None,
            image_id: None,
            pid: None,
            created_at,
            started_at: None,
            finished_at: None,
            exit_code: None,
            oom_killed: Default::default(),
            labels: Default::default(),
        }
    }
}
impl std::fmt::Debug for StatusResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StatusResponse")
            .field("name", &self.name)
            .field("state", &self.state)
            .field("status", &self.status)
            .field("description", &self.description)
            .field("reason", &self.reason)
            .field("image", &self.image)
            .field("image_id", &self.image_id)
            .field("pid", &self.pid)
            .field("created_at", &self.created_at)
            .field("started_at", &self.started_at)
            .field("finished_at", &self.finished_at)
            .field("exit_code", &self.exit_code)
            .field("oom_killed", &self.oom_killed)
            .field("labels", &Redacted)
            .finish()
    }
}
/// Asks to stop a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StopRequest {
    /// Which module.
    pub name: crate::ModuleName,
    /// How long it may take to end by itself, in seconds, 0 to 86400. Absent: the module's own stop timeout, else 10. It is cut to what the deadline leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
}
impl StopRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self {
            name,
            timeout: None,
        }
    }
}
/// The module does not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StopResponse {
    /// Whether this request stopped it.
    pub changed: bool,
}
impl StopResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(changed: bool) -> Self {
        Self { changed }
    }
}
/// Asks for facts about machine and engine. It has no members of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SysInfoRequest {}
impl SysInfoRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
impl Default for SysInfoRequest {
    fn default() -> Self {
        Self::new()
    }
}
/// Facts about machine and engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SysInfoResponse {
    /// The kind of operating system, as in `linux`.
    pub os_type: String,
    /// Its distribution and version, for people. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_name: Option<String>,
    /// The version of its kernel. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel_version: Option<String>,
    /// The architecture as OCI spells it: `amd64`, `arm64`, `arm`.
    pub architecture: String,
    /// The machine's name. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// Processors that modules can use, 1 to 65536.
    pub cpus: u32,
    /// Memory of the machine. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_total_bytes: Option<u64>,
    /// Memory that is free to use without swapping. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_available_bytes: Option<u64>,
    /// When the machine started. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booted_at: Option<crate::Timestamp>,
    /// What tells one start of the machine from another. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot_id: Option<String>,
    /// The disk on which the plugin keeps its state. Absent: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disk: Option<DiskInfo>,
    /// What runs the modules.
    pub engine: EngineInfo,
}
impl SysInfoResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(
        os_type: impl Into<String>,
        architecture: impl Into<String>,
        cpus: u32,
        engine: EngineInfo,
    ) -> Self {
        Self {
            os_type: os_type.into(),
            os_name: None,
            kernel_version: None,
            architecture: architecture.into(),
            hostname: None,
            cpus,
            memory_total_bytes: None,
            memory_available_bytes: None,
            booted_at: None,
            boot_id: None,
            disk: None,
            engine,
        }
    }
}
/// A file system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DiskInfo {
    /// Where the plugin keeps its state.
    pub path: crate::AbsolutePath,
    /// Its size.
    pub total_bytes: u64,
    /// What is free to use.
    pub available_bytes: u64,
}
impl DiskInfo {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(path: crate::AbsolutePath, total_bytes: u64, available_bytes: u64) -> Self {
        Self {
            path,
            total_bytes,
            available_bytes,
        }
    }
}
/// What runs the modules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EngineInfo {
    /// Its name, as in `containerd`.
    pub name: String,
    /// Its version.
    pub version: String,
}
impl EngineInfo {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
        }
    }
}
/// Asks for a module's processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopRequest {
    /// Which module.
    pub name: crate::ModuleName,
    /// Whether to say more of each process than its id.
    #[serde(default, skip_serializing_if = "crate::macros::is_default")]
    pub details: bool,
}
impl TopRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(name: crate::ModuleName) -> Self {
        Self {
            name,
            details: Default::default(),
        }
    }
}
/// The module's processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TopResponse {
    /// All of them, in the order of their ids, at most 65536.
    pub processes: Vec<Process>,
}
impl TopResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(processes: Vec<Process>) -> Self {
        Self { processes }
    }
}
/// One process of a module. All but `pid` only with `details`, and where it could be read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Process {
    /// Its id.
    pub pid: u32,
    /// The id of its parent, 0 to 2^31 - 1; 0 where the parent is outside of what the plugin sees. Absent: not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_pid: Option<u32>,
    /// Its command line, the arguments joined by spaces. Absent: not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Its user: the name, or the number where that has none. Absent: not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// When it started. Absent: not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<crate::Timestamp>,
    /// Processor time that it has used, in milliseconds. Absent: not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_time_ms: Option<u64>,
    /// Memory that it has in use (resident). Absent: not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
}
impl Process {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(pid: u32) -> Self {
        Self {
            pid,
            parent_pid: None,
            command: None,
            user: None,
            started_at: None,
            cpu_time_ms: None,
            memory_bytes: None,
        }
    }
}
impl std::fmt::Debug for Process {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Process")
            .field("pid", &self.pid)
            .field("parent_pid", &self.parent_pid)
            .field("command", &Redacted)
            .field("user", &self.user)
            .field("started_at", &self.started_at)
            .field("cpu_time_ms", &self.cpu_time_ms)
            .field("memory_bytes", &self.memory_bytes)
            .finish()
    }
}
/// Asks which plugin this is. It has no members of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VersionRequest {}
impl VersionRequest {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
impl Default for VersionRequest {
    fn default() -> Self {
        Self::new()
    }
}
/// Which plugin this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VersionResponse {
    /// The plugin's name, as in `containerd`.
    pub name: crate::Identifier,
    /// The plugin's own version, in its own form. It says nothing about the wire.
    pub version: String,
    /// The wire versions that the plugin serves, highest first, 1 to 64.
    pub protocol_versions: Vec<crate::ProtocolVersion>,
    /// How this executable was built: commit, target, compiler. Absent: not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
}
impl VersionResponse {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(
        name: crate::Identifier,
        version: impl Into<String>,
        protocol_versions: Vec<crate::ProtocolVersion>,
    ) -> Self {
        Self {
            name,
            version: version.into(),
            protocol_versions,
            build: None,
        }
    }
}
/// Which plugin this is, for 0.1.x.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VersionResponse01 {
    /// Plugin and engine with their versions, for people.
    pub info: String,
}
impl VersionResponse01 {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(info: impl Into<String>) -> Self {
        Self { info: info.into() }
    }
}
/// How a module is, for 0.1.x. Times are nanoseconds since 1970 as integers, above 2^53: the one place where a number may be, and the reason why 0.2 has texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusResponse01 {
    /// The state as a host's watchdog sees it.
    pub status: crate::ModuleStatus,
    /// More about the state, for people. Absent: nothing to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_description: Option<String>,
    /// How it last ended. Absent: never, or it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// The image's id. Empty where the plugin has no images.
    pub image_id: String,
    /// The process id of its first process. Absent: it does not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// When it was last started, in nanoseconds since 1970-01-01T00:00:00Z, 0 to 2^63 - 1. Absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<u64>,
    /// When it last ended, in nanoseconds since 1970-01-01T00:00:00Z, 0 to 2^63 - 1. Absent: never, or it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<u64>,
}
impl StatusResponse01 {
    /// With what must be there; every other member as if it were absent.
    #[must_use]
    pub fn new(status: crate::ModuleStatus, image_id: impl Into<String>) -> Self {
        Self {
            status,
            status_description: None,
            exit_code: None,
            image_id: image_id.into(),
            pid: None,
            started_at: None,
            finished_at: None,
        }
    }
}
