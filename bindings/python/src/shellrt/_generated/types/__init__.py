# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of the protocol."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shellrt._generated.types.common import Warning as Warning
    from shellrt._generated.types.create import CreateRequest as CreateRequest
    from shellrt._generated.types.create import CreateResponse as CreateResponse
    from shellrt._generated.types.describe import ConfigType as ConfigType
    from shellrt._generated.types.describe import DescribeRequest as DescribeRequest
    from shellrt._generated.types.describe import DescribeResponse as DescribeResponse
    from shellrt._generated.types.describe import Limits as Limits
    from shellrt._generated.types.error import Error as Error
    from shellrt._generated.types.error import Fault as Fault
    from shellrt._generated.types.error import IncompatibleVersionDetail as IncompatibleVersionDetail
    from shellrt._generated.types.error import InvalidRequestDetail as InvalidRequestDetail
    from shellrt._generated.types.img_list import ImageDetails as ImageDetails
    from shellrt._generated.types.img_list import ImgListRequest as ImgListRequest
    from shellrt._generated.types.img_list import ImgListResponse as ImgListResponse
    from shellrt._generated.types.img_load import ImgLoadRequest as ImgLoadRequest
    from shellrt._generated.types.img_load import ImgLoadResponse as ImgLoadResponse
    from shellrt._generated.types.img_load import LoadedImage as LoadedImage
    from shellrt._generated.types.img_pull import Credentials as Credentials
    from shellrt._generated.types.img_pull import ImgPullProgress as ImgPullProgress
    from shellrt._generated.types.img_pull import ImgPullRequest as ImgPullRequest
    from shellrt._generated.types.img_pull import ImgPullResponse as ImgPullResponse
    from shellrt._generated.types.img_remove import ImgRemoveRequest as ImgRemoveRequest
    from shellrt._generated.types.img_remove import ImgRemoveResponse as ImgRemoveResponse
    from shellrt._generated.types.list import ListItem as ListItem
    from shellrt._generated.types.list import ListRequest as ListRequest
    from shellrt._generated.types.list import ListResponse as ListResponse
    from shellrt._generated.types.logs import LogsRequest as LogsRequest
    from shellrt._generated.types.logs import LogsResponse as LogsResponse
    from shellrt._generated.types.network_ensure import IpamConfig as IpamConfig
    from shellrt._generated.types.network_ensure import NetworkDrift as NetworkDrift
    from shellrt._generated.types.network_ensure import NetworkEnsureRequest as NetworkEnsureRequest
    from shellrt._generated.types.network_ensure import NetworkEnsureResponse as NetworkEnsureResponse
    from shellrt._generated.types.remove import RemoveRequest as RemoveRequest
    from shellrt._generated.types.remove import RemoveResponse as RemoveResponse
    from shellrt._generated.types.restart import RestartRequest as RestartRequest
    from shellrt._generated.types.restart import RestartResponse as RestartResponse
    from shellrt._generated.types.start import StartRequest as StartRequest
    from shellrt._generated.types.start import StartResponse as StartResponse
    from shellrt._generated.types.stats import StatsItem as StatsItem
    from shellrt._generated.types.stats import StatsRequest as StatsRequest
    from shellrt._generated.types.stats import StatsResponse as StatsResponse
    from shellrt._generated.types.stats import StatsSample as StatsSample
    from shellrt._generated.types.status import StatusRequest as StatusRequest
    from shellrt._generated.types.status import StatusResponse as StatusResponse
    from shellrt._generated.types.stop import StopRequest as StopRequest
    from shellrt._generated.types.stop import StopResponse as StopResponse
    from shellrt._generated.types.sys_info import DiskInfo as DiskInfo
    from shellrt._generated.types.sys_info import EngineInfo as EngineInfo
    from shellrt._generated.types.sys_info import SysInfoRequest as SysInfoRequest
    from shellrt._generated.types.sys_info import SysInfoResponse as SysInfoResponse
    from shellrt._generated.types.top import Process as Process
    from shellrt._generated.types.top import TopRequest as TopRequest
    from shellrt._generated.types.top import TopResponse as TopResponse
    from shellrt._generated.types.version import VersionRequest as VersionRequest
    from shellrt._generated.types.version import VersionResponse as VersionResponse
    from shellrt._generated.types.wire_0_1 import StatusResponse01 as StatusResponse01
    from shellrt._generated.types.wire_0_1 import VersionResponse01 as VersionResponse01

#: The module of each class.
MODULES = {
    "Warning": "common",
    "CreateRequest": "create",
    "CreateResponse": "create",
    "ConfigType": "describe",
    "DescribeRequest": "describe",
    "DescribeResponse": "describe",
    "Limits": "describe",
    "Error": "error",
    "Fault": "error",
    "IncompatibleVersionDetail": "error",
    "InvalidRequestDetail": "error",
    "ImageDetails": "img_list",
    "ImgListRequest": "img_list",
    "ImgListResponse": "img_list",
    "ImgLoadRequest": "img_load",
    "ImgLoadResponse": "img_load",
    "LoadedImage": "img_load",
    "Credentials": "img_pull",
    "ImgPullProgress": "img_pull",
    "ImgPullRequest": "img_pull",
    "ImgPullResponse": "img_pull",
    "ImgRemoveRequest": "img_remove",
    "ImgRemoveResponse": "img_remove",
    "ListItem": "list",
    "ListRequest": "list",
    "ListResponse": "list",
    "LogsRequest": "logs",
    "LogsResponse": "logs",
    "IpamConfig": "network_ensure",
    "NetworkDrift": "network_ensure",
    "NetworkEnsureRequest": "network_ensure",
    "NetworkEnsureResponse": "network_ensure",
    "RemoveRequest": "remove",
    "RemoveResponse": "remove",
    "RestartRequest": "restart",
    "RestartResponse": "restart",
    "StartRequest": "start",
    "StartResponse": "start",
    "StatsItem": "stats",
    "StatsRequest": "stats",
    "StatsResponse": "stats",
    "StatsSample": "stats",
    "StatusRequest": "status",
    "StatusResponse": "status",
    "StopRequest": "stop",
    "StopResponse": "stop",
    "DiskInfo": "sys_info",
    "EngineInfo": "sys_info",
    "SysInfoRequest": "sys_info",
    "SysInfoResponse": "sys_info",
    "Process": "top",
    "TopRequest": "top",
    "TopResponse": "top",
    "VersionRequest": "version",
    "VersionResponse": "version",
    "StatusResponse01": "wire_0_1",
    "VersionResponse01": "wire_0_1",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in MODULES:
            raise AttributeError(f"module `shellrt.types` has no class `{name}`")
        value = getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(MODULES)
