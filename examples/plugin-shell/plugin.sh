#!/bin/sh
# The smallest sound shellrt plugin in shell: jq reads, checks and answers.
# Needs jq 1.6. To make it more, add a command to `commands` below and to
# `carry_out`; what has to be done on the machine is done around jq.
request=$(mktemp) && trap 'rm -f "$request"' EXIT
cat >"$request"
# -s: everything is one request, so that two documents are told from one.
# What jq cannot read is no JSON: it then answers nothing.
response=$(jq -cS -s '
  def about: {name: "smallest", version: "1.0.0", protocol_versions: ["0.2.0"]};
  def commands: ["version", "describe"];
  def carry_out: if ._type == "describe" then about + {commands: commands} else about end;

  def refused($code; $class; $message): {code: $code, class: $class, message: $message, retryable: false};
  def invalid($faults): refused(2; "caller"; "the request has faults") + {detail: {faults: ($faults | sort_by(.pointer))}};
  def fault($pointer; $rule; $message): {pointer: $pointer, rule: $rule, message: $message};
  # An optional member that is null is one that is absent.
  def optional($name; $kind; holds; $words):
    .[$name] | select(. != null)
    | if type != $kind then fault("/" + $name; "type"; "expected " + $words)
      elif holds then empty else fault("/" + $name; "form"; "expected " + $words) end;
  def head_faults: [
    optional("_id"; "string"; test("\\A[!-~]{1,128}\\z"); "1 to 128 printable ASCII characters"),
    optional("_deadline_ms"; "number"; . == floor and . >= 1 and . <= 86400000; "1 to 86400000"),
    optional("_meta"; "object"; true; "an object")];
  def is_version: type == "string" and test("\\A(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}\\z");
  def err($error): $error + {_status: "err"};

  # The order of the specification: JSON, version, command, members.
  if length != 1 then err({_version: "0.2.0"} + invalid([fault(""; "syntax"; "this is not one JSON document")]))
  elif .[0] | type != "object" then err({_version: "0.2.0"} + invalid([fault(""; "type"; "a request is an object")]))
  else .[0] | . as $request | head_faults as $faults
  | (if ._id != null and all($faults[]; .pointer != "/_id") then {_id} else {} end) as $id
  | ([._type | select(IN(commands[]))] | if length > 0 then {_type: .[0]} else {} end) as $type
  | ($id + $type + {_version: (if ._version | is_version and startswith("0.2.") then ._version else "0.2.0" end)}) as $head
  | if ._version | is_version | not then
      err($head + invalid([fault("/_version"; if has("_version") then "form" else "required" end; "expected a version such as 0.2.0")]))
    elif (._version | startswith("0.2.") | not) and $type == {} then
      err($head + refused(1; "unsupported"; "this version is not served") + {detail: {requested: ._version, supported: about.protocol_versions}})
    elif ._type | type != "string" then
      err($head + invalid([fault("/_type"; if has("_type") then "type" else "required" end; "expected the name of a command")]))
    elif $type == {} then err($head + refused(3; "unsupported"; "this plugin has no such command"))
    elif $faults != [] then err($head + invalid($faults))
    else carry_out + $head + {_status: "ok"} end
  end' "$request" 2>/dev/null)
[ -n "$response" ] || response='{"_status":"err","_version":"0.2.0","class":"caller","code":2,"detail":{"faults":[{"message":"this is not JSON","pointer":"","rule":"syntax"}]},"message":"the request has faults","retryable":false}'
printf '%s\n' "$response"
