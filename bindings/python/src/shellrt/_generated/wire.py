# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""Commands with their requests and responses."""

from __future__ import annotations

from shellrt._generated import types
from shellrt._payload import Payload

REQUESTS: dict[str, type[Payload]] = {
    "version": types.VersionRequest,
    "describe": types.DescribeRequest,
    "img_pull": types.ImgPullRequest,
    "img_load": types.ImgLoadRequest,
    "img_remove": types.ImgRemoveRequest,
    "img_list": types.ImgListRequest,
    "network_ensure": types.NetworkEnsureRequest,
    "create": types.CreateRequest,
    "remove": types.RemoveRequest,
    "start": types.StartRequest,
    "stop": types.StopRequest,
    "restart": types.RestartRequest,
    "list": types.ListRequest,
    "status": types.StatusRequest,
    "logs": types.LogsRequest,
    "top": types.TopRequest,
    "stats": types.StatsRequest,
    "sys_info": types.SysInfoRequest,
}

RESPONSES: dict[str, type[Payload]] = {
    "version": types.VersionResponse,
    "describe": types.DescribeResponse,
    "img_pull": types.ImgPullResponse,
    "img_load": types.ImgLoadResponse,
    "img_remove": types.ImgRemoveResponse,
    "img_list": types.ImgListResponse,
    "network_ensure": types.NetworkEnsureResponse,
    "create": types.CreateResponse,
    "remove": types.RemoveResponse,
    "start": types.StartResponse,
    "stop": types.StopResponse,
    "restart": types.RestartResponse,
    "list": types.ListResponse,
    "status": types.StatusResponse,
    "logs": types.LogsResponse,
    "top": types.TopResponse,
    "stats": types.StatsResponse,
    "sys_info": types.SysInfoResponse,
}
