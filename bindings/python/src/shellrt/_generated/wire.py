# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""Commands with their requests and responses."""

from __future__ import annotations

REQUESTS = {
    "version": "VersionRequest",
    "describe": "DescribeRequest",
    "img_pull": "ImgPullRequest",
    "img_load": "ImgLoadRequest",
    "img_remove": "ImgRemoveRequest",
    "img_list": "ImgListRequest",
    "network_ensure": "NetworkEnsureRequest",
    "create": "CreateRequest",
    "remove": "RemoveRequest",
    "start": "StartRequest",
    "stop": "StopRequest",
    "restart": "RestartRequest",
    "list": "ListRequest",
    "status": "StatusRequest",
    "logs": "LogsRequest",
    "top": "TopRequest",
    "stats": "StatsRequest",
    "sys_info": "SysInfoRequest",
}

RESPONSES = {
    "version": "VersionResponse",
    "describe": "DescribeResponse",
    "img_pull": "ImgPullResponse",
    "img_load": "ImgLoadResponse",
    "img_remove": "ImgRemoveResponse",
    "img_list": "ImgListResponse",
    "network_ensure": "NetworkEnsureResponse",
    "create": "CreateResponse",
    "remove": "RemoveResponse",
    "start": "StartResponse",
    "stop": "StopResponse",
    "restart": "RestartResponse",
    "list": "ListResponse",
    "status": "StatusResponse",
    "logs": "LogsResponse",
    "top": "TopResponse",
    "stats": "StatsResponse",
    "sys_info": "SysInfoResponse",
}
