// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! The enums of the protocol.

use crate::macros::{closed_enum, open_enum};
open_enum! {
    #[doc =
    " Something that a plugin may be able to do. A host ignores those that it does not know."]
    pub enum Feature { #[doc =
    " Modules are made from images: the `img_` commands exist and replies carry `image_id`."]
    Images = "images", #[doc = " Modules live in networks: `network_ensure` exists."]
    Networks = "networks", #[doc = " `logs` takes `follow`."] LogsFollow = "logs_follow",
    #[doc = " `logs` takes `framing: docker`."] LogsDocker = "logs_docker", #[doc =
    " What is kept of a module's output is bounded."] LogsRotation = "logs_rotation",
    #[doc = " `img_pull` takes `progress`."] PullProgress = "pull_progress", #[doc =
    " A pull that was cut off goes on where it stopped."] PullResume = "pull_resume",
    #[doc = " `top` takes `details`."] TopDetails = "top_details", #[doc =
    " Modules go on when the host that started them ends."] SurvivesHost =
    "survives_host", #[doc =
    " Exit codes and times of modules survive a reboot of the machine."] SurvivesReboot =
    "survives_reboot" }
}
closed_enum! {
    #[doc = " The commands of the protocol."] pub enum Command { #[doc =
    " Says which plugin this is and which wire versions it serves."] Version = "version",
    #[doc = " Says what the plugin can do."] Describe = "describe", #[doc =
    " Fetches an image from a registry."] ImgPull = "img_pull", #[doc =
    " Imports images from an archive on disk."] ImgLoad = "img_load", #[doc =
    " Removes an image."] ImgRemove = "img_remove", #[doc = " Lists the images."] ImgList
    = "img_list", #[doc = " Makes a network unless it exists."] NetworkEnsure =
    "network_ensure", #[doc = " Makes a module without starting it."] Create = "create",
    #[doc = " Removes a module, killing it if it runs."] Remove = "remove", #[doc =
    " Starts a module."] Start = "start", #[doc = " Stops a module."] Stop = "stop",
    #[doc = " Stops a module if it runs and starts it."] Restart = "restart", #[doc =
    " Lists the modules."] List = "list", #[doc = " Says how one module is."] Status =
    "status", #[doc = " Streams what a module wrote."] Logs = "logs", #[doc =
    " Lists the processes of a module."] Top = "top", #[doc =
    " Measures what modules use."] Stats = "stats", #[doc =
    " Says what machine and engine this is."] SysInfo = "sys_info" }
}
closed_enum! {
    #[doc = " Whether a request was carried out."] pub enum ResponseStatus { #[doc =
    " It was; the command's own members follow."] Ok = "ok", #[doc =
    " It was not; the members of `Error` follow."] Err = "err" }
}
closed_enum! {
    #[doc = " How the bytes after the response are to be read."] pub enum StreamKind {
    #[doc = " Bytes as they are. An error in the middle shows in the exit status only."]
    Raw = "raw", #[doc =
    " Frames of an 8-byte head (stream number, three zero bytes, length as a big-endian 32-bit number) and at most 16415 bytes (a record of 16384 with its time): stream 1 is standard output, 2 standard error, 3 a final error text."]
    Docker = "docker", #[doc =
    " One JSON object a line; the last is a complete response, ok or err."] Ndjson =
    "ndjson" }
}
open_enum! {
    #[doc =
    " The kind of an error, named by how one recovers from it. A class that the reader does not know is not retryable."]
    pub enum ErrorClass { #[doc =
    " The request is wrong: mend it. The same request fails again."] Caller = "caller",
    #[doc = " The plugin cannot do this: ask `describe` for what it can."] Unsupported =
    "unsupported", #[doc = " What the request names does not exist."] NotFound =
    "not_found", #[doc = " What the request names is in a state that forbids it."]
    Conflict = "conflict", #[doc =
    " Another request holds what this one needs: try again later."] Busy = "busy", #[doc
    = " Credentials are missing or were refused."] Auth = "auth", #[doc =
    " The plugin's process may not do this."] Permission = "permission", #[doc =
    " Something the plugin depends on cannot be reached: try again later."] Unavailable =
    "unavailable", #[doc =
    " Disk, memory, addresses or the like have run out: free some, then try again."]
    Resource = "resource", #[doc =
    " Content is not what its digest or checksum says. It has been discarded."] Integrity
    = "integrity", #[doc =
    " The request's deadline passed. What was done so far is in order; send it again to go on."]
    Deadline = "deadline", #[doc = " The host asked the plugin to stop."] Cancelled =
    "cancelled", #[doc =
    " The plugin or its engine failed in a way that it cannot name better."] Internal =
    "internal" }
}
open_enum! {
    #[doc = " The rules that a document can break."] pub enum FaultRule { #[doc =
    " The bytes are not one JSON document."] Syntax = "syntax", #[doc =
    " A value has the wrong type."] Type = "type", #[doc =
    " A member is missing. The pointer names the missing member."] Required = "required",
    #[doc = " A number is too small or too large."] Range = "range", #[doc =
    " A text, a list or a map is too short or too long."] Length = "length", #[doc =
    " A text does not have the form that its type asks for."] Form = "form", #[doc =
    " A text is none of the values that are allowed."] Value = "value", #[doc =
    " The key of a map does not have the form that its type asks for."] Key = "key",
    #[doc = " A member is not known here. Only strict checks ask for it."] Unknown =
    "unknown", #[doc =
    " A value has the right form and still cannot be used; the message says why."]
    Semantic = "semantic" }
}
closed_enum! {
    #[doc = " When a registry is asked for an image."] pub enum PullPolicy { #[doc =
    " Always: the registry must confirm or replace what is there."] Always = "always",
    #[doc = " Only if the image is not there."] Missing = "missing", #[doc =
    " Never: an image that is not there is `image_not_found`."] Never = "never" }
}
open_enum! {
    #[doc = " A step of a pull."] pub enum PullEvent { #[doc =
    " The reference is being resolved."] Resolve = "resolve", #[doc =
    " Content is being fetched."] Download = "download", #[doc =
    " Content is being checked against its digest."] Verify = "verify", #[doc =
    " A layer is being unpacked."] Unpack = "unpack", #[doc =
    " An attempt failed and is repeated; `message` says why."] Retry = "retry", #[doc =
    " A layer, or all of it, is done."] Done = "done" }
}
closed_enum! {
    #[doc = " An output stream of a module."] pub enum LogStream { #[doc =
    " Standard output."] Stdout = "stdout", #[doc = " Standard error."] Stderr = "stderr"
    }
}
closed_enum! {
    #[doc = " How the records of a log are put into the stream."] pub enum LogFraming {
    #[doc = " Their bytes one after the other; the two streams cannot be told apart."]
    Raw = "raw", #[doc = " One frame a record, as `_stream: docker` says."] Docker =
    "docker" }
}
open_enum! {
    #[doc =
    " The state of a module. A reader treats one that it does not know as `unknown`."]
    pub enum ModuleState { #[doc = " Made and never started."] Created = "created", #[doc
    = " Its first process runs."] Running = "running", #[doc =
    " Its processes are frozen."] Paused = "paused", #[doc =
    " Its first process has ended."] Exited = "exited", #[doc =
    " It cannot be started: removing it is all that may help, and where that fails a person must look."]
    Dead = "dead", #[doc = " The plugin cannot tell."] Unknown = "unknown" }
}
open_enum! {
    #[doc =
    " The state of a module as a host's watchdog sees it. A reader treats one that it does not know as `unknown`."]
    pub enum ModuleStatus { #[doc = " It runs."] Running = "running", #[doc =
    " It does not run, and nothing is wrong: created, paused, or ended with exit code 0."]
    Stopped = "stopped", #[doc = " It ended with another exit code."] Failed = "failed",
    #[doc = " It cannot be started: removing it is all that may help."] Dead = "dead",
    #[doc =
    " The plugin cannot tell. Some hosts remove such a module, so trouble with the engine is never reported like this but as an error."]
    Unknown = "unknown" }
}
open_enum! {
    #[doc = " Why a module is in its state."] pub enum StateReason { #[doc =
    " Its memory ran out."] OomKilled = "oom_killed", #[doc = " A signal ended it."]
    Killed = "killed", #[doc =
    " The machine went down while it ran and nobody saw it end; the exit code is 255."]
    HostRestarted = "host_restarted", #[doc =
    " Its supervisor was killed and nobody saw it end; the exit code is 255."]
    SupervisorLost = "supervisor_lost", #[doc =
    " It could not be started; `description` says why."] StartFailed = "start_failed" }
}
