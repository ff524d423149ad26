// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! The registry of the protocol's own errors.

use crate::error_code::error_registry;
error_registry! {
    #[doc = " The plugin serves none of the versions that match the request's."]
    IncompatibleVersion = 1u16, "incompatible_version", Unsupported, false, 400u16,
    "The plugin serves none of the versions that match the request's.",
    "Send the request again in one of the versions in `detail.supported`."; #[doc =
    " The request is not one JSON object of the form that its command asks for, or a value in it cannot be used."]
    InvalidRequest = 2u16, "invalid_request", Caller, false, 400u16,
    "The request is not one JSON object of the form that its command asks for, or a value in it cannot be used.",
    "Mend what `detail.faults` points at."; #[doc =
    " The plugin does not know the command, or cannot do what an option asks for."]
    Unsupported = 3u16, "unsupported", Unsupported, false, 405u16,
    "The plugin does not know the command, or cannot do what an option asks for.",
    "Ask `describe` what the plugin can do."; #[doc =
    " The plugin's process may not do what the request needs."] PermissionDenied = 4u16,
    "permission_denied", Permission, false, 403u16,
    "The plugin's process may not do what the request needs.",
    "Run the plugin with the rights that the hint names."; #[doc =
    " Another request holds the module, image or network."] Busy = 5u16, "busy", Busy,
    true, 503u16, "Another request holds the module, image or network.",
    "Wait `retry_after_ms`, then send the request again."; #[doc =
    " The deadline passed before the request was done."] DeadlineExceeded = 6u16,
    "deadline_exceeded", Deadline, true, 504u16,
    "The deadline passed before the request was done.",
    "Send the request again: it goes on where it stopped. Allow more time if it happens again.";
    #[doc = " The host told the plugin to stop."] Cancelled = 7u16, "cancelled",
    Cancelled, false, 499u16, "The host told the plugin to stop.",
    "Nothing; send the request again if it is still wanted."; #[doc =
    " The plugin failed in a way that is its own fault."] Internal = 8u16, "internal",
    Internal, true, 500u16, "The plugin failed in a way that is its own fault.",
    "Try again later; report it with the text on stderr."; #[doc =
    " A file of the plugin could not be read or written."] IoFailed = 9u16, "io_failed",
    Internal, true, 500u16, "A file of the plugin could not be read or written.",
    "Look at the disk that the message names, then send the request again."; #[doc =
    " The engine cannot be reached or does not answer."] EngineUnavailable = 10u16,
    "engine_unavailable", Unavailable, true, 503u16,
    "The engine cannot be reached or does not answer.",
    "Start the engine or mend its address, then send the request again."; #[doc =
    " The engine refused or failed; its words are in `detail` or `causes`."] EngineFailed
    = 11u16, "engine_failed", Internal, true, 500u16,
    "The engine refused or failed; its words are in `detail` or `causes`.",
    "Read them; try again later."; #[doc = " The disk is full, or would be."] DiskFull =
    12u16, "disk_full", Resource, true, 507u16, "The disk is full, or would be.",
    "Free disk space, then send the request again."; #[doc =
    " Memory, processes, descriptors or the like have run out."] ResourceExhausted =
    13u16, "resource_exhausted", Resource, true, 507u16,
    "Memory, processes, descriptors or the like have run out.",
    "Free some, then send the request again."; #[doc =
    " There is no module of that name."] ModuleNotFound = 20u16, "module_not_found",
    NotFound, false, 404u16, "There is no module of that name.",
    "Create it, or ask `list` for the names."; #[doc =
    " There is a module of that name, made by another request."] ModuleConflict = 21u16,
    "module_conflict", Conflict, false, 409u16,
    "There is a module of that name, made by another request.",
    "Remove it first, or use another name."; #[doc =
    " The module does not run, and the request needs it to."] ModuleNotRunning = 22u16,
    "module_not_running", Conflict, false, 409u16,
    "The module does not run, and the request needs it to.", "Start it first."; #[doc =
    " The module cannot be started as it was created: its program is missing, is not executable, or ended before it ran."]
    ModuleStartFailed = 23u16, "module_start_failed", Caller, false, 422u16,
    "The module cannot be started as it was created: its program is missing, is not executable, or ended before it ran.",
    "Mend what `create` was given, or the image."; #[doc =
    " Something on the machine that the module is to be given (a file, a socket, a device) is not there."]
    ModuleSourceMissing = 24u16, "module_source_missing", Caller, false, 422u16,
    "Something on the machine that the module is to be given (a file, a socket, a device) is not there.",
    "Make it, then start the module again."; #[doc =
    " The module is in a state that only removing can leave."] ModuleDead = 25u16,
    "module_dead", Conflict, false, 409u16,
    "The module is in a state that only removing can leave.",
    "Remove it, then create it again."; #[doc =
    " A port of the machine that the module asks for is taken."] PortInUse = 26u16,
    "port_in_use", Conflict, false, 409u16,
    "A port of the machine that the module asks for is taken.",
    "Free the port, or choose another."; #[doc =
    " There is no such image, here or in the registry."] ImageNotFound = 40u16,
    "image_not_found", NotFound, false, 404u16,
    "There is no such image, here or in the registry.",
    "Mend the reference, or pull the image first."; #[doc = " Modules use the image."]
    ImageInUse = 41u16, "image_in_use", Conflict, false, 409u16,
    "Modules use the image.", "Remove them first, or use `force`."; #[doc =
    " The registry wants other credentials."] RegistryAuthFailed = 42u16,
    "registry_auth_failed", Auth, false, 401u16, "The registry wants other credentials.",
    "Mend the credentials."; #[doc = " The registry cannot be reached or fails."]
    RegistryUnavailable = 43u16, "registry_unavailable", Unavailable, true, 503u16,
    "The registry cannot be reached or fails.",
    "Send the request again later; what was fetched is kept."; #[doc =
    " Content is not what its digest says. It has been discarded."] DigestMismatch =
    44u16, "digest_mismatch", Integrity, true, 502u16,
    "Content is not what its digest says. It has been discarded.",
    "Send the request again; if it stays so, the registry or the way to it is at fault.";
    #[doc =
    " The image has no variant for the platform, or a format that the plugin does not know."]
    ImageUnsupported = 45u16, "image_unsupported", Unsupported, false, 422u16,
    "The image has no variant for the platform, or a format that the plugin does not know.",
    "Use another image, or name a platform that it has."; #[doc =
    " The archive or image cannot be read."] ImageInvalid = 46u16, "image_invalid",
    Caller, false, 422u16, "The archive or image cannot be read.", "Make it again.";
    #[doc = " The registry wants fewer requests."] RegistryRateLimited = 47u16,
    "registry_rate_limited", Busy, true, 503u16, "The registry wants fewer requests.",
    "Wait `retry_after_ms`, then send the request again; log in where that raises the limit.";
    #[doc = " There is no network of that name."] NetworkNotFound = 60u16,
    "network_not_found", NotFound, false, 404u16, "There is no network of that name.",
    "Make it with `network_ensure`."; #[doc =
    " A network could not be set up or taken down."] NetworkFailed = 61u16,
    "network_failed", Internal, true, 500u16,
    "A network could not be set up or taken down.", "Read the causes; try again later.";
    #[doc = " The network has no free address left."] AddressesExhausted = 62u16,
    "addresses_exhausted", Resource, true, 507u16,
    "The network has no free address left.", "Remove modules, or make a larger network.";
}
