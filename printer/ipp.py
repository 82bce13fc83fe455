"""The few words of the Internet Printing Protocol that a raw CUPS queue needs; must not know sockets or papers.

Source: RFC 8010 (encoding: version, operation, request id, groups of tag / name / value, end tag 03) and RFC 8011
(operations 4.2-4.3, job states 5.3.7, printer-state-reasons 5.4.12).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

RAW = "application/vnd.cups-raw"  # CUPS passes it on as it is

_VERSION = b"\x01\x01"
_OPERATION_GROUP, _END = 0x01, 0x03
_INTEGERS = (0x21, 0x23)  # integer, enum
_CHARSET, _LANGUAGE, _URI, _NAME, _MIME, _KEYWORD, _INTEGER = 0x47, 0x48, 0x45, 0x42, 0x49, 0x44, 0x21


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class JobState(IntEnum):
    """RFC 8011, 5.3.7; from CANCELED on nothing more happens."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class IppFault(Exception):
    """The answer is no IPP, or a refusal; the text holds its status."""


Value = int | str
Attribute = tuple[int, str, Value]


@dataclass(frozen=True)
class Answer:
    """`attributes` of all groups by name; an attribute with several values has several entries."""

    status: int
    attributes: dict[str, list[Value]]

    def number(self, name: str) -> int:
        """The first value of a number; raises IppFault where there is none."""
        found = self.attributes.get(name, [])
        if not found or not isinstance(found[0], int):
            raise IppFault(f"no {name} in the answer")
        return found[0]

    def words(self, name: str) -> list[str]:
        return [value for value in self.attributes.get(name, []) if isinstance(value, str)]


def ask_printer(uri: str) -> bytes:
    """Whether it accepts jobs, its state and what stops it."""
    wanted: Sequence[Attribute] = (
        (_KEYWORD, "requested-attributes", "printer-state"),
        (_KEYWORD, "", "printer-state-reasons"),
        (_KEYWORD, "", "printer-is-accepting-jobs"),
    )
    return _request(Operation.GET_PRINTER_ATTRIBUTES, [(_URI, "printer-uri", uri), *wanted])


def print_job(uri: str, user: str, name: str) -> bytes:
    """What stands before a raw document."""
    return _request(
        Operation.PRINT_JOB,
        [
            (_URI, "printer-uri", uri),
            (_NAME, "requesting-user-name", user),
            (_NAME, "job-name", name),
            (_MIME, "document-format", RAW),
        ],
    )


def about_job(operation: Operation, uri: str, user: str, job: int) -> bytes:
    """GET_JOB_ATTRIBUTES or CANCEL_JOB of one job."""
    return _request(
        operation,
        [(_URI, "printer-uri", uri), (_INTEGER, "job-id", job), (_NAME, "requesting-user-name", user)],
    )


def _request(operation: Operation, attributes: Sequence[Attribute]) -> bytes:
    head: list[Attribute] = [
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
    ]
    body = b"".join(_attribute(*each) for each in (*head, *attributes))
    return _VERSION + struct.pack(">HiB", operation, 1, _OPERATION_GROUP) + body + bytes([_END])


def _attribute(tag: int, name: str, value: Value) -> bytes:
    raw = struct.pack(">i", value) if isinstance(value, int) else value.encode()
    named = name.encode()
    return struct.pack(">BH", tag, len(named)) + named + struct.pack(">H", len(raw)) + raw


def read_answer(data: bytes) -> Answer:
    """Raises IppFault for what is no answer and for a refusal (status 0x0400 and above)."""
    try:
        status = struct.unpack_from(">H", data, 2)[0]
        if status >= 0x0400:
            raise IppFault(f"IPP status {status:#06x}")
        return Answer(status, _attributes(data, 8))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise IppFault(f"no IPP answer: {error}") from error


def _attributes(data: bytes, at: int) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    name = ""
    while data[at] != _END:
        tag = data[at]
        if tag < 0x10:  # begins a group
            at += 1
            continue
        named, at = _counted(data, at + 1)
        raw, at = _counted(data, at)
        name = named.decode() or name
        found.setdefault(name, []).append(_value(tag, raw))
    return found


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    length = struct.unpack_from(">H", data, at)[0]
    return data[at + 2 : at + 2 + length], at + 2 + length


def _value(tag: int, raw: bytes) -> Value:
    if tag in _INTEGERS:
        return int(struct.unpack(">i", raw)[0])
    if tag == 0x22:  # boolean
        return raw[0]
    return raw.decode(errors="replace")
