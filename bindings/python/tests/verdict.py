"""Judges messages by the generated tables and classes, for the corpus test.

Reads lines of ``{"kind": ..., "document": ...}`` and writes, for each, a line of
``{"valid": ..., "faults": [...], "canonical": ...}``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from shellrt._json import parse
from shellrt.message import RequestMessage, ResponseMessage, check_request, check_response


def verdict(kind: str, document: Any) -> dict[str, Any]:
    """The schema's verdict, whatever version the document has."""
    faults = check_request(document) if kind == "request" else check_response(document)
    canonical = None
    if not faults:
        read = RequestMessage.from_json_of_any_version if kind == "request" else ResponseMessage.from_json
        canonical = read(document).to_canonical_json()
    places = [{"pointer": fault.pointer, "rule": fault.rule} for fault in faults]
    return {"valid": not faults, "faults": places, "canonical": canonical}


def main() -> None:
    """Judges standard input."""
    for line in sys.stdin.buffer:
        case = parse(line)
        print(json.dumps(verdict(case["kind"], case["document"])))


if __name__ == "__main__":
    main()
