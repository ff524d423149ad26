"""What is refused, why, and in which order."""

from __future__ import annotations

import unittest

from shellrt import DecodeError, RequestMessage, ResponseMessage
from shellrt._json import JsonError, canonical, parse


def refused(data: bytes) -> DecodeError:
    try:
        RequestMessage.decode(data)
    except DecodeError as error:
        return error
    raise AssertionError(f"{data!r} was accepted")


def places(error: DecodeError) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.rule) for fault in error.faults]


class StrictReading(unittest.TestCase):
    def test_what_two_readers_could_take_for_two_things_is_refused(self) -> None:
        for name, data in {
            "empty": b"",
            "byte order mark": b'\xef\xbb\xbf{"a":1}',
            "bad UTF-8": b'{"a":"\xff"}',
            "duplicate keys": b'{"a":1,"a":2}',
            "lone surrogate": b'{"a":"\\ud800"}',
            "lone low surrogate in a key": b'{"\\udc00":1}',
            "NaN": b'{"a":NaN}',
            "infinity": b'{"a":-Infinity}',
            "number out of range": b'{"a":1e400}',
            "two documents": b"{} {}",
            "a NUL": b"{}\0",
            "128 levels": b"[" * 128 + b"]" * 128,
            "100000 levels": b"[" * 100_000,
            "raw control character": b'{"a":"\n"}',
        }.items():
            with self.subTest(name), self.assertRaises(JsonError):
                parse(data)

    def test_what_is_strict_json_is_read(self) -> None:
        self.assertEqual(parse(b' {"a":"\\ud83d\\ude00"}\r\n\t'), {"a": "😀"})
        deep = b"[" * 127 + b"]" * 127
        self.assertEqual(canonical(parse(deep)).encode(), deep)

    def test_numbers_are_spelled_as_the_rust_bindings_spell_them(self) -> None:
        for text, spelled in {
            "-0": "-0.0",
            "18446744073709551615": "18446744073709551615",
            "18446744073709551616": "1.8446744073709552e+19",
            "1e-7": "1e-7",
            "1e15": "1000000000000000.0",
            "1E16": "1e+16",
            "0.00001": "0.00001",
            "12.50": "12.5",
            # A reader that rounds twice gets the last digit of these wrong.
            "31105079179356064570": "3.1105079179356066e+19",
            "-41.2e-211": "-4.12e-210",
        }.items():
            with self.subTest(text):
                self.assertEqual(canonical(parse(text.encode())), spelled)


class OrderOfChecks(unittest.TestCase):
    def test_json_comes_first(self) -> None:
        error = refused(b'{"_version":"9.9.9"')
        self.assertEqual(places(error), [("", "syntax")])
        self.assertEqual(error.to_error().code, 2)

    def test_a_key_that_does_not_fit_says_which_rule_of_its_form_it_breaks(self) -> None:
        head = b'{"_version":"0.2.0","_type":"create","name":"a","config_type":"c","config":{}'
        [fault] = refused(head + b',"labels":{"":"x"}}').faults
        self.assertEqual((fault.pointer, fault.rule), ("/labels/", "key"))
        self.assertIn("1 to 4096 characters", fault.message)

    def test_a_document_that_is_no_object_is_at_fault_once(self) -> None:
        self.assertEqual(places(refused(b"[]")), [("", "type")])

    def test_the_version_comes_before_the_command(self) -> None:
        self.assertEqual(places(refused(b'{"_type":"zap"}')), [("/_version", "required")])
        self.assertEqual(places(refused(b'{"_version":2,"_type":"zap"}')), [("/_version", "type")])
        error = refused(b'{"_version":"7.0.0","_type":"zap","_id":"4"}')
        reply = error.to_error()
        self.assertEqual((reply.code, error.id), (1, "4"))
        self.assertEqual(reply.detail, {"requested": "7.0.0", "supported": ["0.2.0", "0.1.0"]})

    def test_the_command_comes_before_the_members(self) -> None:
        error = refused(b'{"_version":"0.2.0","_type":"zap","name":7}')
        self.assertEqual((places(error), error.to_error().code), ([("/_type", "value")], 3))

    def test_all_members_are_checked_at_once(self) -> None:
        error = refused(b'{"_version":"0.2.0","_type":"stop","timeout":-1,"_deadline_ms":0}')
        self.assertEqual(
            places(error), [("/_deadline_ms", "range"), ("/name", "required"), ("/timeout", "range")]
        )

    def test_questions_about_the_plugin_are_read_in_any_version(self) -> None:
        request = RequestMessage.decode(b'{"_version":"7.0.0","_type":"describe"}')
        self.assertEqual(ResponseMessage.to(request, None).version, "0.2.0")

    def test_the_reply_to_an_unreadable_request_says_what_could_be_read(self) -> None:
        reply = ResponseMessage.to_unreadable(refused(b'{"_version":"0.1.0","_type":"stop","_id":"a b"}'))
        self.assertEqual((reply.version, reply.command, reply.id), ("0.1.0", "stop", None))
        self.assertEqual(ResponseMessage.decode(reply.encode()), reply)


class Normalise(unittest.TestCase):
    def test_null_is_absent_for_optional_members_only(self) -> None:
        request = RequestMessage.decode(
            b'{"_version":"0.2.0","_type":"logs","name":"a","tail":null,"_id":null}'
        )
        self.assertEqual(request.to_canonical_json(), '{"_type":"logs","_version":"0.2.0","name":"a"}')
        self.assertEqual(
            places(refused(b'{"_version":"0.2.0","_type":"logs","name":null}')), [("/name", "type")]
        )

    def test_null_stays_in_maps_and_free_form_objects(self) -> None:
        create = b'{"_version":"0.2.0","_type":"create","name":"a","config_type":"c","config":{"x":null}%s}'
        self.assertIn('"config":{"x":null}', RequestMessage.decode(create % b"").to_canonical_json())
        self.assertEqual(places(refused(create % b',"env":{"A":null}')), [("/env/A", "type")])

    def test_an_integral_float_is_an_integer(self) -> None:
        request = RequestMessage.decode(b'{"_version":"0.2.0","_type":"stop","name":"a","timeout":10.0}')
        self.assertIn('"timeout":10}', request.to_canonical_json())
        for timeout in (b"10.5", b"1e300", b"true", b'"10"'):
            with self.subTest(timeout):
                data = b'{"_version":"0.2.0","_type":"stop","name":"a","timeout":%s}' % timeout
                self.assertEqual(len(refused(data).faults), 1)


if __name__ == "__main__":
    unittest.main()
