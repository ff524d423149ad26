// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! Commands with their requests and responses.

use crate::macros::{commands, payloads};
payloads! {
    Warning = WARNING; CreateRequest = CREATE_REQUEST; CreateResponse = CREATE_RESPONSE;
    DescribeRequest = DESCRIBE_REQUEST; DescribeResponse = DESCRIBE_RESPONSE; Limits =
    LIMITS; ConfigType = CONFIG_TYPE; Error = ERROR; IncompatibleVersionDetail =
    INCOMPATIBLE_VERSION_DETAIL; InvalidRequestDetail = INVALID_REQUEST_DETAIL; Fault =
    FAULT; ImgListRequest = IMG_LIST_REQUEST; ImgListResponse = IMG_LIST_RESPONSE;
    ImageDetails = IMAGE_DETAILS; ImgLoadRequest = IMG_LOAD_REQUEST; ImgLoadResponse =
    IMG_LOAD_RESPONSE; LoadedImage = LOADED_IMAGE; ImgPullRequest = IMG_PULL_REQUEST;
    Credentials = CREDENTIALS; ImgPullResponse = IMG_PULL_RESPONSE; ImgPullProgress =
    IMG_PULL_PROGRESS; ImgRemoveRequest = IMG_REMOVE_REQUEST; ImgRemoveResponse =
    IMG_REMOVE_RESPONSE; ListRequest = LIST_REQUEST; ListResponse = LIST_RESPONSE;
    ListItem = LIST_ITEM; LogsRequest = LOGS_REQUEST; LogsResponse = LOGS_RESPONSE;
    NetworkEnsureRequest = NETWORK_ENSURE_REQUEST; IpamConfig = IPAM_CONFIG;
    NetworkEnsureResponse = NETWORK_ENSURE_RESPONSE; NetworkDrift = NETWORK_DRIFT;
    RemoveRequest = REMOVE_REQUEST; RemoveResponse = REMOVE_RESPONSE; RestartRequest =
    RESTART_REQUEST; RestartResponse = RESTART_RESPONSE; StartRequest = START_REQUEST;
    StartResponse = START_RESPONSE; StatsRequest = STATS_REQUEST; StatsResponse =
    STATS_RESPONSE; StatsItem = STATS_ITEM; StatsSample = STATS_SAMPLE; StatusRequest =
    STATUS_REQUEST; StatusResponse = STATUS_RESPONSE; StopRequest = STOP_REQUEST;
    StopResponse = STOP_RESPONSE; SysInfoRequest = SYS_INFO_REQUEST; SysInfoResponse =
    SYS_INFO_RESPONSE; DiskInfo = DISK_INFO; EngineInfo = ENGINE_INFO; TopRequest =
    TOP_REQUEST; TopResponse = TOP_RESPONSE; Process = PROCESS; VersionRequest =
    VERSION_REQUEST; VersionResponse = VERSION_RESPONSE; VersionResponse01 =
    VERSION_RESPONSE01; StatusResponse01 = STATUS_RESPONSE01;
}
commands! {
    #[doc = " Says which plugin this is and which wire versions it serves."] Version :
    VersionRequest => VersionResponse; #[doc = " Says what the plugin can do."] Describe
    : DescribeRequest => DescribeResponse; #[doc = " Fetches an image from a registry."]
    ImgPull : ImgPullRequest => ImgPullResponse; #[doc =
    " Imports images from an archive on disk."] ImgLoad : ImgLoadRequest =>
    ImgLoadResponse; #[doc = " Removes an image."] ImgRemove : ImgRemoveRequest =>
    ImgRemoveResponse; #[doc = " Lists the images."] ImgList : ImgListRequest =>
    ImgListResponse; #[doc = " Makes a network unless it exists."] NetworkEnsure :
    NetworkEnsureRequest => NetworkEnsureResponse; #[doc =
    " Makes a module without starting it."] Create : CreateRequest => CreateResponse;
    #[doc = " Removes a module, killing it if it runs."] Remove : RemoveRequest =>
    RemoveResponse; #[doc = " Starts a module."] Start : StartRequest => StartResponse;
    #[doc = " Stops a module."] Stop : StopRequest => StopResponse; #[doc =
    " Stops a module if it runs and starts it."] Restart : RestartRequest =>
    RestartResponse; #[doc = " Lists the modules."] List : ListRequest => ListResponse;
    #[doc = " Says how one module is."] Status : StatusRequest => StatusResponse; #[doc =
    " Streams what a module wrote."] Logs : LogsRequest => LogsResponse; #[doc =
    " Lists the processes of a module."] Top : TopRequest => TopResponse; #[doc =
    " Measures what modules use."] Stats : StatsRequest => StatsResponse; #[doc =
    " Says what machine and engine this is."] SysInfo : SysInfoRequest =>
    SysInfoResponse;
}
