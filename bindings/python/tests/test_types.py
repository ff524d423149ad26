"""The generated classes: round trips, open enums, secrets, the registry."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from shellrt import DecodeError, ErrorCode, RequestMessage, ResponseMessage, enums, errors, types
from shellrt.message import check_request, check_response

CORPUS = Path(__file__).resolve().parents[3] / "schema" / "v0"


def documents(kind: str) -> list[tuple[Path, Any]]:
    paths = sorted((CORPUS / kind).glob("*/*.json"))
    return [
        (path, json.loads(path.read_bytes())) for path in paths if path.parent.name != "img_pull_progress"
    ]


class Corpus(unittest.TestCase):
    def test_every_example_is_valid_and_comes_back_in_the_same_bytes(self) -> None:
        found = documents("examples")
        self.assertGreater(len(found), 100)
        for path, document in found:
            with self.subTest(path.name):
                message: type[RequestMessage | ResponseMessage] = (
                    ResponseMessage if "_status" in document else RequestMessage
                )
                first = message.from_json(document).encode()
                self.assertEqual(message.decode(first.rstrip(b"\0")).encode(), first)

    def test_every_invalid_file_is_refused_for_the_one_reason_of_its_name(self) -> None:
        found = documents("invalid")
        self.assertGreater(len(found), 200)
        for path, document in found:
            with self.subTest(path.name):
                check = (
                    check_response if isinstance(document, dict) and "_status" in document else check_request
                )
                rule, place, _ = path.name.split("--")
                pointer = "/" + place.replace(".", "/") if place else ""
                self.assertEqual([(f.pointer, f.rule) for f in check(document)], [(pointer, rule)])

    def test_lines_of_progress_are_read(self) -> None:
        for path in sorted((CORPUS / "examples" / "img_pull_progress").glob("*.json")):
            with self.subTest(path.name):
                line = types.ImgPullProgress.decode(path.read_bytes())
                self.assertEqual(types.ImgPullProgress.from_json(line.to_json()), line)


class Enums(unittest.TestCase):
    def test_an_open_enum_keeps_a_value_that_it_does_not_know(self) -> None:
        value = {"name": "a", "state": "frozen", "status": "running", "created_at": "2026-11-23T18:00:00Z"}
        status = types.StatusResponse.from_json(value)
        self.assertEqual(status.state, "frozen")
        self.assertEqual(status.status, enums.ModuleStatus.RUNNING)
        self.assertEqual(status.to_json(), value)

    def test_a_closed_enum_refuses_one(self) -> None:
        with self.assertRaises(DecodeError) as caught:
            types.LogsRequest.from_json({"name": "a", "framing": "zip"})
        self.assertEqual(caught.exception.faults[0].expected, "one of `raw`, `docker`")

    def test_a_default_is_left_out_on_the_wire(self) -> None:
        logs = types.LogsRequest(name="a", framing=enums.LogFraming.RAW, follow=False)
        self.assertEqual(logs.to_json(), {"name": "a"})


class Secrets(unittest.TestCase):
    def test_sensitive_members_stay_out_of_repr(self) -> None:
        canary = "canary-4711"
        create = types.CreateRequest(
            name="a", config_type="c", config={"key": canary}, env={"KEY": canary}, labels={"l": canary}
        )
        pull = types.ImgPullRequest(
            image="i", credentials=types.Credentials(username=canary, password=canary, registry_token=canary)
        )
        for message in (RequestMessage(body=create, meta={"com.example": canary}), RequestMessage(body=pull)):
            self.assertNotIn(canary, repr(message))
            self.assertIn(canary, message.to_canonical_json())

    def test_a_fault_does_not_repeat_a_secret(self) -> None:
        canary = "canary-4711\0"
        with self.assertRaises(DecodeError) as caught:
            types.CreateRequest.from_json(
                {"name": "a", "config_type": "c", "config": {}, "env": {"A": canary}}
            )
        self.assertNotIn("canary", repr(caught.exception.faults) + str(caught.exception))


class Registry(unittest.TestCase):
    def test_the_registry_is_the_schemas(self) -> None:
        rows = json.loads((CORPUS / "errors.json").read_bytes())["errors"]
        self.assertEqual([row["code"] for row in rows], sorted(errors.REGISTRY))
        for row in rows:
            code = ErrorCode.from_code(row["code"])
            assert code is not None
            self.assertEqual(
                (code.name, code.class_, code.retryable), (row["name"], row["class"], row["retryable"])
            )
            self.assertIs(getattr(errors, row["name"].upper()), code)

    def test_retryable_is_where_the_http_status_is_500_or_more(self) -> None:
        for code in errors.REGISTRY.values():
            self.assertEqual(code.retryable, code.http_status >= 500, code.name)

    def test_a_plugins_own_code_is_not_in_it(self) -> None:
        self.assertIsNone(ErrorCode.from_code(100))


class Wire01(unittest.TestCase):
    def test_status_and_version_have_the_shapes_of_2020(self) -> None:
        asked = RequestMessage.decode(b'{"_version":"0.1.0","_type":"status","name":"a"}')
        status = types.StatusResponse(
            name="a",
            state="exited",
            status="failed",
            created_at="2026-11-23T18:00:00Z",
            started_at="1970-01-01T00:00:01.5Z",
            exit_code=3,
        )
        value = ResponseMessage.to(asked, status).to_json()
        self.assertEqual(
            value,
            {
                "_version": "0.1.0",
                "_status": "ok",
                "_type": "status",
                "status": "failed",
                "image_id": "",
                "exit_code": 3,
                "started_at": 1_500_000_000,
            },
        )
        asked = RequestMessage.decode(b'{"_version":"0.1.7","_type":"version"}')
        version = types.VersionResponse(name="p", version="1.0", protocol_versions=["0.2.0"])
        reply = ResponseMessage.to(asked, version)
        self.assertEqual((reply.version, reply.to_json()["info"]), ("0.1.7", "p 1.0"))


if __name__ == "__main__":
    unittest.main()
