#!/usr/bin/env python3
"""A host in one file: sound as it is, and with `--break NAME` unsound in one way.

    host.py [--break NAME] PLUGIN REQUEST
    host.py --list

Sends the request in the file REQUEST to PLUGIN, writes what comes to standard
output, and ends with 0 (ok), 1 (error), 3 (fault), 5 (cut), 6 (late: it ended
the plugin itself) or 7 (error, and worth sending again). `--list` has the names
of all mutants, each with the rule that it breaks and what it does.

It needs Python 3.11 and Linux, and nothing else. It knows the commands that the
scenarios use, not all of the protocol.
"""

import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time

OK, ERROR, FAULT, CUT, LATE, RETRY = 0, 1, 3, 5, 6, 7

HEAD_MAX = 16 << 20
STDERR_KEPT = 64 << 10
MARGIN, GRACE, AFTER_EXIT = 1.0, 5.0, 1.0
KNOWN_VERSIONS = ("0.2.0", "0.1.0")
DEPTH_MAX = 128

# Each name is a mutant: the rule that it breaks, and how.
MUTANTS = {
    "two-processes": ("T-1", "starts a second plugin for the same request"),
    "two-requests": ("T-2", "writes the request twice"),
    "stdin-open": ("T-2", "does not close standard input"),
    "bare-request": ("T-2", "sends the head without the other members"),
    "own-member": ("E-5", "adds a member `_debug`"),
    "own-meta-key": ("E-6", "names a key of `_meta` without a domain"),
    "strict-meta": ("E-7", "takes `_meta` with other values than texts for a fault"),
    "float-integers": ("N-11", "sends integers with a fraction"),
    "sends-nulls": ("N-12", "sends `null` for members without a value"),
    "spaced-json": ("N-15", "writes keys as they come, and spaces"),
    "first-document": ("N-2", "reads the first document and ignores what follows"),
    "skips-text": ("N-2", "skips text before the document"),
    "nothing-is-empty": ("N-2", "takes no output for an empty answer"),
    "accepts-bom": ("N-3", "accepts a byte order mark"),
    "replaces-bytes": ("N-3", "replaces bytes that are not UTF-8"),
    "accepts-surrogates": ("N-3", "accepts a lone surrogate"),
    "accepts-duplicates": ("N-3", "accepts a duplicate key"),
    "accepts-nan": ("N-3", "accepts `NaN`"),
    "shallow": ("N-4", "refuses more than 32 levels"),
    "bottomless": ("N-5", "accepts any nesting"),
    "refuses-unknown-members": ("N-8", "refuses members that it does not know"),
    "refuses-unknown-states": ("N-9", "refuses a state that it does not know"),
    "replaces-unknown-states": ("N-9", "reports a state that it does not know as `unknown`"),
    "refuses-unknown-classes": ("N-9", "refuses a class that it does not know"),
    "no-normalising": ("N-13", "checks without normalising"),
    "closed-features": ("C-describe-6", "refuses features that it does not know"),
    "closed-limits": ("C-describe-6", "refuses limits that it does not know"),
    "any-version": ("V-6", "does not look at `_version`"),
    "one-version": ("V-6", "wants its own version in every answer"),
    "same-version-again": ("V-7", "does not repeat a request in another version"),
    "highest-version": ("V-7", "repeats in the plugin's highest version, known or not"),
    "by-class": ("R-5", "decides by class and `retryable` though it knows the code"),
    "unknown-is-final": ("R-5", "takes every code that it does not know as final"),
    "class-alone": ("R-5", "decides by the class without `retryable`"),
    "unknown-class-again": ("R-5", "repeats what has a class that it does not know"),
    "by-message": ("R-6", "repeats when the message speaks of trying again"),
    "message-is-success": ("R-6", "takes `ok` in a message for success"),
    "message-is-fatal": ("R-6", "gives up when the message says `fatal`"),
    "no-wait": ("R-7", "repeats at once, whatever `retry_after_ms` says"),
    "secrets-in-arguments": ("K-1", "passes the request on the command line"),
    "secrets-in-environment": ("K-1", "passes the request in a variable"),
    "logs-requests": ("K-4", "logs each request as it is"),
    "logs-failed-requests": ("K-4", "logs a request that failed as it is"),
    "quotes-values": ("K-5", "repeats the value that is at fault"),
    "writes-first": ("H-1", "writes the whole request before it reads"),
    "reads-in-turn": ("H-1", "reads standard error after standard output"),
    "broken-pipe-is-error": ("H-2", "fails when the plugin does not read"),
    "short-head": ("H-3", "bounds the head at 1 MiB"),
    "no-bound": ("H-3", "does not bound the head"),
    "long-is-late": ("H-3", "does not take a long head for a fault"),
    "stops-draining": ("H-4", "reads no more of standard error than it keeps"),
    "keeps-all": ("H-4", "keeps all of standard error"),
    "merges": ("H-5", "merges standard error into standard output"),
    "same-group": ("H-6", "leaves the plugin in its own process group"),
    "leaks-descriptors": ("H-7", "lets the plugin inherit what is open"),
    "whole-environment": ("H-8", "passes on its whole environment"),
    "empty-environment": ("H-8", "passes on nothing"),
    "journal-always": ("H-9", "passes on JOURNAL_STREAM with a pipe as standard error"),
    "journal-never": ("H-9", "shares its standard error without JOURNAL_STREAM"),
    "no-wait-for-end": ("H-10", "takes the end of the output for the end of the plugin"),
    "forgets-after-fault": ("H-10", "does not wait after a head that is too long"),
    "forgets-after-kill": ("H-10", "does not wait after SIGKILL"),
    "forgets-after-leaving": ("H-10", "does not wait after it has left a stream"),
    "waits-for-ever": ("H-10", "leaves a stream without SIGKILL for who stays"),
    "reads-to-the-end": ("H-11", "reads standard output until nobody holds it"),
    "reads-errors-to-the-end": ("H-11", "reads standard error until nobody holds it"),
    "held-is-fault": ("H-11", "takes a held output for a fault"),
    "drops-the-rest": ("H-11", "drops what is in the pipe when the plugin exits"),
    "reads-on": ("H-12", "reads on when nobody wants the stream"),
    "hides-bytes": ("H-13", "does not show the bytes of a fault"),
    "hides-status": ("H-13", "does not show the exit status with a fault"),
    "hides-errors": ("H-13", "does not show standard error with a fault"),
    "no-term": ("D-5", "sends SIGKILL without SIGTERM"),
    "term-to-one": ("D-5", "sends SIGTERM to the plugin alone"),
    "kill-to-one": ("D-5", "sends SIGKILL to the plugin alone"),
    "no-kill": ("D-5", "does not send SIGKILL"),
    "kills-at-once": ("D-5", "leaves nothing between SIGTERM and SIGKILL"),
    "no-deadline-for-streams": ("D-5", "lets a stream go beyond its deadline"),
    "own-deadline": ("D-5", "ends the plugin after 100 ms, whatever the deadline"),
    "no-margin": ("D-6", "sends SIGTERM at the deadline itself"),
    "short-grace": ("D-6", "leaves 1 s between SIGTERM and SIGKILL"),
    "killed-is-error": ("D-9", "reports a killed plugin as an error"),
    "told-is-fault": ("D-9", "takes what a plugin says that was told to end for a fault"),
    "killed-is-judged": ("D-9", "judges what a killed plugin wrote"),
    "ignores-stream-exit": ("S-7", "does not look at the exit status of a stream"),
    "end-of-output": ("S-7", "takes the end of the output for the end of the stream"),
    "all-or-nothing": ("S-8", "hands out a stream only when it is whole"),
    "whole-lines": ("S-8", "hands out whole lines only"),
    "one-read": ("S-9", "takes what the first read gives for all of it"),
    "frames-per-read": ("S-9", "begins a frame with each read"),
    "records-per-read": ("S-9", "begins a record with each read"),
    "error-text-lost": ("S-9", "does not show the text of an error frame"),
    "any-id": ("S-9", "does not look at `_id`"),
    "any-type": ("S-9", "does not look at `_type`"),
    "any-stream": ("S-9", "does not look at `_stream`"),
    "any-member": ("S-9", "does not look at the members"),
    "any-status": ("S-9", "takes all that is no error for an answer"),
    "strict-type": ("S-9", "wants `_type` also where the plugin could not read it"),
    "any-last-record": ("S-9", "does not look at the response that ends a stream"),
    "accepts-more-records": ("S-9", "accepts records behind the response"),
    "accepts-other-records": ("S-9", "accepts lines that are no records"),
    "half-record": ("S-9", "accepts a last record without a line feed"),
}

# The verdict: head and what follows, by exit status 0, another, a signal.
TABLE = {
    "no-head": (FAULT, FAULT, FAULT),
    "foreign": (FAULT, FAULT, FAULT),
    "error": (ERROR, FAULT, FAULT),
    "error-and-more": (FAULT, FAULT, FAULT),
    "ok": (OK, FAULT, FAULT),
    "ok-and-more": (FAULT, FAULT, FAULT),
    "no-nul": (FAULT, FAULT, FAULT),
    "raw": (OK, CUT, CUT),
    "docker": (OK, CUT, CUT),
    "docker-error": (FAULT, CUT, CUT),
    "docker-else": (FAULT, CUT, CUT),
    "ndjson-ok": (OK, CUT, CUT),
    "ndjson-error": (ERROR, CUT, CUT),
    "ndjson-else": (FAULT, CUT, CUT),
}
COLUMNS = ("zero", "other", "signal")
for row, cells in TABLE.items():
    for column, cell in zip(COLUMNS, cells):
        wrong = CUT if cell in (FAULT, ERROR) else FAULT
        word = {CUT: "cut", FAULT: "fault"}[wrong]
        MUTANTS[f"table-{row}-{column}"] = ("S-9", f"reports `{row}` with {column} as {word}")

REGISTRY = {  # code: class, retryable
    1: ("unsupported", False), 2: ("caller", False), 3: ("unsupported", False),
    4: ("permission", False), 5: ("busy", True), 6: ("deadline", True),
    7: ("cancelled", False), 8: ("internal", True), 9: ("internal", True),
    10: ("unavailable", True), 11: ("internal", True), 12: ("resource", True),
    13: ("resource", True), 20: ("not_found", False), 21: ("conflict", False),
    22: ("conflict", False), 42: ("auth", False), 43: ("unavailable", True),
}
CLASSES = {
    "caller", "unsupported", "not_found", "conflict", "busy", "auth", "permission",
    "unavailable", "resource", "integrity", "deadline", "cancelled", "internal",
}
RETRYABLE_CLASSES = {"busy", "unavailable", "resource", "integrity", "deadline", "internal"}

HEAD = {"_version": str, "_type": str, "_id": str, "_status": str, "_stream": str, "_meta": dict}
STATUS = {
    "name!": str, "state!": str, "status!": str, "created_at!": str, "pid": int, "reason": str,
    "started_at": str, "finished_at": str, "exit_code": int, "description": str, "labels": {"*": str},
}
ABOUT = {"name!": str, "version!": str, "protocol_versions!": [str]}
MEMBERS = {  # required ones with `!`; `*` is any key
    "list": {"modules!": [str], "details": [{"name!": str, "status": STATUS}]},
    "status": STATUS,
    "start": {"changed!": bool}, "stop": {"changed!": bool},
    "create": {"changed!": bool, "image_id": str},
    "img_pull": {"image_id!": str, "bytes_fetched": int, "digest": str},
    "version": ABOUT,
    "describe": {**ABOUT, "commands!": [str], "features": [str], "limits": {"request_max_bytes": int}},
    "logs": {},
}
ERROR_MEMBERS = {
    "code!": int, "class!": str, "message!": str, "retryable!": bool, "hint": str,
    "retry_after_ms": int, "causes": [str], "detail": dict,
}
PROGRESS = {"event!": str, "layer": str, "bytes_done": int, "bytes_total": int, "message": str}
STATES = {"created", "running", "paused", "exited", "dead", "unknown"}
FEATURES = {"logs_follow", "logs_docker", "logs_rotation", "top_details"}

PASSED_ON = re.compile(
    r"PATH|HOME|LANG|LC_.*|TZ|TMPDIR|HTTPS?_PROXY|ALL_PROXY|NO_PROXY|https?_proxy|all_proxy"
    r"|no_proxy|SSL_CERT_FILE|SSL_CERT_DIR|TRACEPARENT|RUST_LOG|SHELLRT_.*"
)

broken = ""


def breaks(name):
    assert name in MUTANTS, name
    return broken == name


class Fault(Exception):
    """What is wrong with the bytes of a plugin."""


# Reading


def parse(data):
    """One JSON document, strictly."""
    if breaks("accepts-bom"):
        data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Fault("a byte order mark")
    if breaks("skips-text") and b"{" in data:
        data = data[data.index(b"{"):]
    if breaks("nothing-is-empty") and not data.strip():
        return {"nothing": True}
    try:
        text = data.decode("utf-8", "replace" if breaks("replaces-bytes") else "strict")
        check_depth(text)
        decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_constant=constant)
        value, end = decoder.raw_decode(text, len(text) - len(text.lstrip(" \t\r\n")))
        if text[end:].strip(" \t\r\n") and not breaks("first-document"):
            raise Fault("more than one document")
        if not breaks("accepts-surrogates"):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value
    except (ValueError, RecursionError) as error:
        raise Fault(f"not one JSON document: {error}") from error


def check_depth(text):
    most = 32 if breaks("shallow") else DEPTH_MAX
    depth = 0
    for token in re.finditer(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]', text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > most and not breaks("bottomless"):
            raise Fault("nested too deep")


def pairs(members):
    found = dict(members)
    if len(found) < len(members) and not breaks("accepts-duplicates"):
        raise ValueError("a duplicate key")
    return found


def constant(name):
    if not breaks("accepts-nan"):
        raise ValueError(f"`{name}` is no JSON")


def normalise(value, form):
    """Drops nulls at optional members and makes whole numbers integers."""
    if breaks("no-normalising"):
        return value
    if isinstance(form, dict) and isinstance(value, dict):
        for name in list(value):
            inner = form.get(name, form.get(name + "!", form.get("*")))
            if value[name] is None and name in form:
                del value[name]
            elif inner is not None:
                value[name] = normalise(value[name], inner)
    elif isinstance(form, list) and isinstance(value, list):
        return [normalise(item, form[0]) for item in value]
    elif form is int and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def check(value, form, place=""):
    """Raises where the value is not of the form."""
    if breaks("any-member") and place:
        return
    if isinstance(form, dict):
        if not isinstance(value, dict):
            raise wrong(place, value)
        for name, inner in form.items():
            plain = name.rstrip("!")
            if plain in value:
                check(value[plain], inner, f"{place}/{plain}")
            elif name.endswith("!") and not breaks("any-member"):
                raise Fault(f"`{place}/{plain}` is missing")
        for name, item in value.items():
            if "*" in form:
                check(item, form["*"], f"{place}/{name}")
            elif name not in form and name + "!" not in form:
                if breaks("refuses-unknown-members") and form is not ERROR_MEMBERS:
                    raise Fault(f"`{place}/{name}` is not known")
    elif isinstance(form, list):
        if not isinstance(value, list):
            raise wrong(place, value)
        for number, item in enumerate(value):
            check(item, form[0], f"{place}/{number}")
    elif not isinstance(value, form) or (form is int and isinstance(value, bool)):
        raise wrong(place, value)


def wrong(place, value):
    shown = f": {value}" if breaks("quotes-values") else ""
    return Fault(f"`{place}` has another type{shown}")


def response(data, request, stream=None):
    """The response to the request in those bytes."""
    value = parse(data)
    if not isinstance(value, dict):
        raise Fault("no object")
    if breaks("nothing-is-empty") and value == {"nothing": True}:
        return {"_status": "ok"}
    value = normalise(value, HEAD)
    check(value, {**HEAD, "*": object})
    if breaks("strict-meta"):
        for item in value.get("_meta", {}).values():
            if not isinstance(item, str):
                raise Fault("`_meta` has no text")
    if breaks("any-status") and value.get("_status") != "err":
        return value
    if value.get("_status") not in ("ok", "err") or "_version" not in value:
        raise Fault("no response")
    is_error = value["_status"] == "err"
    to_this_request(value, request, is_error, stream)
    if is_error:
        form = ERROR_MEMBERS
    elif stream:
        form = {}
    else:
        form = MEMBERS[request["_type"]]
    normalise(value, form)
    check(value, {**HEAD, **form})
    if breaks("refuses-unknown-states") and value.get("state", "unknown") not in STATES:
        raise Fault("`/state` is not known")
    if breaks("replaces-unknown-states") and value.get("state", "unknown") not in STATES:
        value["state"] = "unknown"
    if is_error and breaks("refuses-unknown-classes") and value["class"] not in CLASSES:
        raise Fault("`/class` is not known")
    if breaks("closed-features") and set(value.get("features", [])) - FEATURES:
        raise Fault("`/features` is not known")
    if breaks("closed-limits") and set(value.get("limits", {})) - {"request_max_bytes"}:
        raise Fault("`/limits` is not known")
    return value


def to_this_request(value, request, is_error, stream):
    unread = is_error and "_type" not in value and not breaks("strict-type")
    if value.get("_type") != request["_type"] and not unread and not breaks("any-type"):
        raise Fault("another `_type`")
    same_id = value.get("_id") == request.get("_id") or (unread and "_id" not in value)
    if not same_id and not breaks("any-id"):
        raise Fault("another `_id`")
    free = is_error or request["_type"] in ("version", "describe")
    if breaks("one-version"):
        free = False
    if value["_version"] != request["_version"] and not free and not breaks("any-version"):
        raise Fault("another `_version`")
    wanted = None if is_error else stream
    if value.get("_stream") != wanted and not breaks("any-stream"):
        raise Fault("another `_stream`")


# Judging


class Reply:
    """Takes a plugin's output as it comes, and judges it at the end."""

    def __init__(self, request, hand_out):
        self.request = request
        self.hand_out = hand_out
        self.bytes = bytearray()
        self.end = -1  # where the NUL is
        self.stream = None  # the kind, once the head of one is read
        self.head = None
        self.rest = b""
        self.last = None
        self.reason = None
        self.error_text = None

    def wanted(self):
        if self.request["_type"] == "logs":
            return self.request.get("framing", "raw")
        return "ndjson" if self.request.get("progress") else None

    def push(self, data):
        if self.stream:
            self.items(data)
            return
        if self.end < 0 and 0 in data:
            self.end = len(self.bytes) + data.index(0)
        self.bytes += data
        end = self.end
        length = end if end >= 0 else len(self.bytes)
        limit = (1 << 20) if breaks("short-head") else HEAD_MAX
        if length > limit and not breaks("no-bound"):
            raise Fault("the head is too long")
        if end < 0 or not self.wanted():
            return
        try:
            head = response(bytes(self.bytes[:end]), self.request, self.wanted())
        except Fault:
            return
        if head["_status"] == "ok" and head.get("_stream"):
            self.head, self.stream = head, head["_stream"]
            self.items(bytes(self.bytes[end + 1:]))

    def items(self, data):
        """Hands out what is whole."""
        if self.stream == "raw":
            if breaks("whole-lines"):
                self.rest += data
                data, line, self.rest = self.rest.rpartition(b"\n")
                data += line
            self.hand_out(data)
        elif self.reason is None:
            fresh = breaks("frames-per-read") or breaks("records-per-read")
            self.rest = data if fresh else self.rest + data
            try:
                (self.frames if self.stream == "docker" else self.records)()
            except Fault as fault:
                self.reason = str(fault)

    def frames(self):
        while len(self.rest) >= 8:
            number, length = self.rest[0], int.from_bytes(self.rest[4:8], "big")
            if number not in (1, 2, 3) or any(self.rest[1:4]) or length > 16415:
                raise Fault("no frame")
            if len(self.rest) < 8 + length:
                if breaks("frames-per-read"):
                    raise Fault("half a frame")
                return
            content, self.rest = self.rest[8:8 + length], self.rest[8 + length:]
            if self.error_text is not None:
                raise Fault("a frame behind the error")
            if number == 3:
                self.error_text = content.decode("utf-8", "replace")
            else:
                self.hand_out(content)
        if breaks("frames-per-read") and self.rest:
            raise Fault("half a frame")

    def records(self):
        while b"\n" in self.rest:
            line, _, self.rest = self.rest.partition(b"\n")
            self.record(line)
        if breaks("records-per-read") and self.rest:
            raise Fault("half a record")

    def record(self, line):
        if self.last is not None:
            if breaks("accepts-more-records"):
                return
            raise Fault("a record behind the response")
        try:
            value = parse(line)
        except Fault:
            if breaks("accepts-other-records"):
                return
            raise
        if isinstance(value, dict) and "_status" in value:
            if breaks("any-last-record"):
                self.last = value
            else:
                self.last = response(line, self.request)
        else:
            check(normalise(value, PROGRESS), PROGRESS)
            self.hand_out(line + b"\n")

    def row(self):
        """The row of the table, and what to say about it."""
        if self.stream == "raw":
            return "raw", self.head, None
        if self.stream == "docker":
            if self.error_text is not None and not self.rest and not self.reason:
                return "docker-error", self.head, self.error_text
            bad = self.reason or self.rest
            return ("docker-else" if bad else "docker"), self.head, self.reason
        if self.stream == "ndjson":
            if self.rest and breaks("half-record"):
                self.record(self.rest)
                self.rest = b""
            if self.reason or self.rest or self.last is None:
                return "ndjson-else", self.head, self.reason
            is_error = self.last["_status"] == "err"
            return ("ndjson-error" if is_error else "ndjson-ok"), self.last, None
        head, nul, _ = bytes(self.bytes).partition(b"\0")
        try:
            value = response(head, self.request, self.wanted())
        except Fault as fault:
            try:
                is_object = isinstance(parse(head), dict)
            except Fault:
                is_object = False
            return ("foreign" if is_object else "no-head"), None, str(fault)
        if value.get("_stream"):
            return ("no-nul" if not nul else "ok-and-more"), value, "no stream"
        row = "error" if value["_status"] == "err" else "ok"
        return (f"{row}-and-more" if nul else row), value, "something follows"

    def judge(self, code):
        row, value, reason = self.row()
        column = 0 if code == 0 else 1 if code > 0 else 2
        if self.stream and breaks("ignores-stream-exit"):
            column = 0
        outcome = TABLE[row][column]
        if broken == f"table-{row}-{COLUMNS[column]}":
            outcome = CUT if outcome in (FAULT, ERROR) else FAULT
        return outcome, value, reason


# Talking


STARTED = []


class Process:
    """A plugin that runs: fed, drained, kept to its time, and reaped."""

    def __init__(self, plugin, data, deadline, request):
        self.deadline = None if deadline is None else time.monotonic() + deadline
        self.ended_by_host = False
        self.stderr = b""
        self.broken = False
        arguments = [plugin]
        if breaks("secrets-in-arguments"):
            arguments.append(json.dumps(request))
        self.child = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.stderr_end(),
            env=environment(request),
            process_group=None if breaks("same-group") else 0,
            close_fds=not breaks("leaks-descriptors"),
        )
        # The library waits for a child that nobody refers to any more.
        STARTED.append(self.child)
        self.exited = os.pidfd_open(self.child.pid)
        self.feeder = threading.Thread(target=self.feed, args=[data], daemon=True)
        if breaks("writes-first"):
            self.feeder.run()
        else:
            self.feeder.start()
        self.drain = threading.Thread(target=self.drain_errors, daemon=True)
        if self.child.stderr and not breaks("reads-in-turn"):
            self.drain.start()

    def stderr_end(self):
        if breaks("merges"):
            return subprocess.STDOUT
        return None if breaks("journal-never") else subprocess.PIPE

    def feed(self, data):
        try:
            os_write_all(self.child.stdin.fileno(), data)
        except OSError:
            self.broken = True
        if not breaks("stdin-open"):
            self.child.stdin.close()

    def drain_errors(self):
        while data := os.read(self.child.stderr.fileno(), 65536):
            self.stderr += data
            if not breaks("keeps-all"):
                self.stderr = self.stderr[-STDERR_KEPT:]
            if breaks("stops-draining") and len(self.stderr) >= STDERR_KEPT:
                return

    def output(self):
        """What comes on standard output, up to the end of the plugin."""
        out = self.child.stdout.fileno()
        until = None
        is_open = True
        while True:
            wait = self.keep_time()
            if until is not None:
                wait = max(0, until - time.monotonic())
            watched = ([out] if is_open else []) + ([self.exited] if until is None else [])
            if not watched:
                return
            ready = select.select(watched, [], [], wait)[0]
            if self.exited in ready and not breaks("reads-to-the-end"):
                until = time.monotonic() + AFTER_EXIT
                if breaks("drops-the-rest"):
                    return
            if out in ready:
                # In small parts, so that something is left to be dropped.
                data = os.read(out, 4096 if breaks("drops-the-rest") else 65536)
                is_open = bool(data)
                if data:
                    yield data
                if breaks("drops-the-rest"):
                    time.sleep(0.5)
                if not data and (breaks("end-of-output") or breaks("no-wait-for-end")):
                    return
                if breaks("reads-to-the-end") and not data:
                    return
            elif until is not None and (not is_open or time.monotonic() >= until):
                if is_open and breaks("held-is-fault"):
                    raise Fault("somebody holds the output")
                return

    def keep_time(self):
        """Sends the signals that are due, and says until when none is."""
        if self.deadline is None:
            return None
        left = self.deadline - time.monotonic()
        if left > 0:
            return left
        grace = 0.0 if breaks("kills-at-once") else 1.0 if breaks("short-grace") else GRACE
        if self.ended_by_host or breaks("no-term"):
            if breaks("no-kill"):
                raise TimeoutError
            self.signal(signal.SIGKILL)
            self.deadline = None
            self.ended_by_host = True
            return None
        self.ended_by_host = True
        self.signal(signal.SIGTERM)
        self.deadline = time.monotonic() + grace
        return grace

    def signal(self, number):
        alone = {signal.SIGTERM: breaks("term-to-one"), signal.SIGKILL: breaks("kill-to-one")}
        try:
            if alone[number] or breaks("same-group"):
                os.kill(self.child.pid, number)
            else:
                os.killpg(self.child.pid, number)
        except ProcessLookupError:
            pass

    def leave(self):
        """Wants no more: lets the plugin go, and sees that it goes."""
        self.child.stdout.close()
        if breaks("forgets-after-leaving"):
            return
        self.signal(signal.SIGTERM)
        try:
            self.child.wait(None if breaks("waits-for-ever") else GRACE)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            self.child.wait()

    def wait(self):
        if breaks("no-wait-for-end") or (self.ended_by_host and breaks("forgets-after-kill")):
            return 0
        code = self.child.wait()
        if self.child.stderr:
            if breaks("reads-in-turn"):
                self.drain.start()
            self.drain.join(None if breaks("reads-errors-to-the-end") else 0.2)
        return code


def os_write_all(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view):]


def environment(request):
    if breaks("empty-environment"):
        return {}
    if breaks("whole-environment"):
        return None
    kept = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
    if breaks("journal-always"):
        kept["JOURNAL_STREAM"] = os.environ.get("JOURNAL_STREAM", "8:1")
    if breaks("secrets-in-environment"):
        kept["SHELLRT_REQUEST"] = json.dumps(request)
    return kept


def encode(request):
    request = dict(request)
    if breaks("bare-request"):
        request = {name: request[name] for name in ("_version", "_type")}
    if breaks("own-member"):
        request["_debug"] = True
    if breaks("own-meta-key") and "_meta" in request:
        request["_meta"] = {"trace": "a1"}
    if breaks("sends-nulls"):
        request["labels" if request["_type"] == "list" else "_meta"] = None
    if breaks("float-integers"):
        request = {
            name: float(value) if type(value) is int else value for name, value in request.items()
        }
    if breaks("spaced-json"):
        return json.dumps(request, indent=1).encode()
    text = json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() * (2 if breaks("two-requests") else 1)


class Enough(Exception):
    """Nobody wants more of the stream."""


def send(plugin, request):
    """Sends it once: what came of it, the response, and what to say."""
    held = []
    shown = bytearray()

    def hand_out(data):
        if breaks("all-or-nothing"):
            held.append(data)
            return
        try:
            os_write_all(1, data)
        except BrokenPipeError as error:
            if not breaks("reads-on"):
                raise Enough from error

    deadline = request.get("_deadline_ms")
    if deadline is not None:
        deadline = deadline / 1000 + (0 if breaks("no-margin") else MARGIN)
        is_stream = request["_type"] == "logs"
        if is_stream and (request.get("follow") or breaks("no-deadline-for-streams")):
            deadline = None
        if breaks("own-deadline"):
            deadline = 0.1
    process = Process(plugin, encode(request), deadline, request)
    reply = Reply(request, hand_out)
    try:
        for data in process.output():
            shown += data[: 4096 - len(shown)] if len(shown) < 4096 else b""
            reply.push(data)
            if breaks("one-read"):
                process.leave()
                outcome, value, reason = reply.judge(0)
                return outcome, value, reason
    except Enough:
        process.leave()
        return OK, None, None
    except TimeoutError:
        return LATE, None, "the plugin does not end"
    except Fault as fault:
        if breaks("forgets-after-fault"):
            process.child.stdout.close()
        else:
            process.leave()
        return (LATE if breaks("long-is-late") else FAULT), None, str(fault)
    code = 0 if breaks("end-of-output") else process.wait()
    if breaks("end-of-output"):
        process.leave()
    outcome, value, reason = reply.judge(code)
    if process.ended_by_host:
        if breaks("killed-is-error"):
            return ERROR, None, "the plugin was killed"
        if breaks("told-is-fault"):
            return FAULT, None, "the plugin was told to end"
        if breaks("killed-is-judged"):
            outcome, value, reason = reply.judge(0)
        elif outcome not in (OK, ERROR):
            return LATE, None, "the plugin was told to end"
    if breaks("broken-pipe-is-error"):
        process.feeder.join()
        if process.broken:
            return FAULT, None, "the plugin did not read"
    if outcome == OK:
        for data in held:
            os_write_all(1, data)
    if outcome in (FAULT, CUT):
        reason = explained(reason, outcome, shown, code, process.stderr)
    if breaks("logs-failed-requests") and outcome != OK:
        print("request:", json.dumps(request), file=sys.stderr)
    return outcome, value, reason


def explained(reason, outcome, shown, code, errors):
    lines = [] if breaks("error-text-lost") else [str(reason)]
    if not breaks("hides-status"):
        lines.append(f"exit status {code}" if code >= 0 else f"signal {-code}")
    if outcome == FAULT and not breaks("hides-bytes"):
        lines.append("standard output: " + ascii(bytes(shown[:512])))
    if not breaks("hides-errors"):
        lines.append("standard error: " + ascii(errors[-512:]))
    return "\n  ".join(lines)


# Deciding


def is_worth_repeating(error):
    """By the code; by class and `retryable` where the code is not known."""
    text = error["message"]
    if breaks("by-message") and "try again" in text:
        return True
    if breaks("message-is-fatal") and "fatal" in text:
        return False
    code, kind = error["code"], error["class"]
    if code in REGISTRY and not breaks("by-class"):
        return REGISTRY[code][1]
    if breaks("unknown-is-final") and code not in REGISTRY:
        return False
    if kind not in CLASSES:
        return breaks("unknown-class-again") and error["retryable"]
    if breaks("class-alone"):
        return kind in RETRYABLE_CLASSES
    return error["retryable"] and kind in RETRYABLE_CLASSES


def other_version(error, request):
    """The version in which the request is sent again, where there is one."""
    if error["code"] != 1 or breaks("same-version-again"):
        return None
    supported = (error.get("detail") or {}).get("supported") or []
    if breaks("highest-version"):
        return supported[0] if supported else None
    known = [version for version in supported if version in KNOWN_VERSIONS]
    return next((version for version in known if version != request["_version"]), None)


def main(plugin, path):
    with open(path, "rb") as file:
        request = json.load(file)
    if breaks("logs-requests"):
        print("request:", json.dumps(request), file=sys.stderr)
    outcome, value, reason = send(plugin, request)
    if breaks("two-processes"):
        outcome, value, reason = send(plugin, request)
    if outcome == ERROR and value:
        if version := other_version(value, request):
            request = {**request, "_version": version}
            outcome, value, reason = send(plugin, request)
        elif is_worth_repeating(value):
            outcome = RETRY
            if "retry_after_ms" in value:
                if not breaks("no-wait"):
                    time.sleep(value["retry_after_ms"] / 1000)
                outcome, value, reason = send(plugin, request)
        elif breaks("message-is-success") and value["message"].startswith("ok"):
            outcome = OK
    try:
        if value is not None:
            os_write_all(1, json.dumps(value).encode() + b"\n")
    except BrokenPipeError:
        pass
    if outcome not in (OK, ERROR, RETRY):
        print(f"host.py: {reason}", file=sys.stderr)
    return outcome


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments == ["--list"]:
        for name, (rule, sentence) in MUTANTS.items():
            print(f"{name}\t{rule}\t{sentence}")
        sys.exit(0)
    if arguments[:1] == ["--break"]:
        broken = arguments[1]
        if broken not in MUTANTS:
            sys.exit(f"host.py: there is no mutant `{broken}`")
        arguments = arguments[2:]
    if len(arguments) != 2:
        sys.exit(__doc__)
    sys.stderr.flush()
    # A daemon thread may still be reading.
    status = main(*arguments)
    sys.stderr.flush()
    os._exit(status)
