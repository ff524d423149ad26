// The smallest sound shellrt plugin: it says what it is, and refuses the rest.
//
// To make it more, add a command to commands: a function that takes the request
// and gives the members of the response. Standard library only.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"sort"
	"strings"
)

type object = map[string]any

const wire = "0.2.0"

var commands = map[string]func(request object) object{
	"version":  func(object) object { return about() },
	"describe": func(object) object { return with(about(), object{"commands": names()}) },
}

func about() object {
	return object{"name": "smallest", "version": "1.0.0", "protocol_versions": []string{wire}}
}

func names() []string { return []string{"version", "describe"} }

var (
	versionForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}$`)
	idForm      = regexp.MustCompile(`^[!-~]{1,128}$`)
)

// What the members that every request may have must be.
var head = map[string]struct {
	holds func(value any) bool
	words string
}{
	"_id": {func(v any) bool { s, ok := v.(string); return ok && idForm.MatchString(s) }, "1 to 128 printable ASCII characters"},
	"_deadline_ms": {func(v any) bool {
		n, ok := v.(float64)
		return ok && n == math.Trunc(n) && n >= 1 && n <= 86400000
	}, "an integer from 1 to 86400000"},
	"_meta": {func(v any) bool { _, ok := v.(object); return ok }, "an object"},
}

func main() {
	input, _ := io.ReadAll(os.Stdin)
	// encoding/json sorts keys, and writes one line with a line feed.
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(answer(input)) != nil {
		os.Exit(1) // The host has gone.
	}
}

// answer reads in the order of the specification: JSON, version, command, members.
func answer(input []byte) object {
	reply := object{"_version": wire, "_status": "err"}
	var document any
	if err := json.Unmarshal(input, &document); err != nil {
		return with(reply, invalid(fault("", "syntax", "this is not JSON: "+err.Error())))
	}
	request, ok := document.(object)
	if !ok {
		return with(reply, invalid(fault("", "type", "a request is an object")))
	}
	faults := headFaults(request)
	if id, ok := request["_id"].(string); ok && idForm.MatchString(id) {
		reply["_id"] = id
	}
	kind, _ := request["_type"].(string)
	command := commands[kind]
	if command != nil {
		reply["_type"] = kind
	}

	version, _ := request["_version"].(string)
	if !versionForm.MatchString(version) {
		return with(reply, invalid(fault("/_version", wrong(request, "_version"), "expected a version such as 0.2.0")))
	}
	if strings.HasPrefix(version, "0.2.") {
		reply["_version"] = version
	} else if command == nil {
		detail := object{"requested": version, "supported": []string{wire}}
		return with(reply, refused(1, "unsupported", "version "+version+" is not served"), object{"detail": detail})
	}
	if _, ok := request["_type"].(string); !ok {
		return with(reply, invalid(fault("/_type", wrong(request, "_type"), "expected the name of a command")))
	}
	if command == nil {
		return with(reply, refused(3, "unsupported", "this plugin has no such command"))
	}
	if len(faults) > 0 {
		return with(reply, invalid(faults...))
	}
	return with(reply, command(request), object{"_status": "ok"})
}

func headFaults(request object) (faults []object) {
	for name, member := range head {
		// An optional member that is null is one that is absent.
		if value := request[name]; value != nil && !member.holds(value) {
			faults = append(faults, fault("/"+name, "form", "expected "+member.words))
		}
	}
	return faults
}

func wrong(request object, name string) string {
	switch request[name].(type) {
	case string:
		return "form"
	case nil:
		return "required"
	}
	return "type"
}

func fault(pointer, rule, message string) object {
	return object{"pointer": pointer, "rule": rule, "message": message}
}

func invalid(faults ...object) object {
	sort.Slice(faults, func(i, j int) bool { return fmt.Sprint(faults[i]["pointer"]) < fmt.Sprint(faults[j]["pointer"]) })
	return with(refused(2, "caller", "the request has faults"), object{"detail": object{"faults": faults}})
}

func refused(code int, class, message string) object {
	return object{"code": code, "class": class, "message": message, "retryable": false}
}

// with adds members to an object; later ones win.
func with(to object, more ...object) object {
	for _, members := range more {
		for name, value := range members {
			to[name] = value
		}
	}
	return to
}
