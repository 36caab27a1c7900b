"""Media stage: how parent and child talk. One message: two lengths, a JSON header, bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

LENGTHS = struct.Struct(">II")
HEADER_LIMIT = 4 << 20
PAYLOAD_LIMIT = 256 << 20

Header = Mapping[str, object]


class BrokenWire(Exception):
    """The other side sent something that is no message."""


@dataclass(frozen=True, slots=True)
class Message:
    header: Header
    payload: bytes = b""


def pack(header: Header, payload: bytes = b"") -> bytes:
    text = json.dumps(header, separators=(",", ":")).encode()
    return LENGTHS.pack(len(text), len(payload)) + text + payload


@dataclass(slots=True)
class Unpacker:
    """Push bytes as they come; `pull` gives whole messages in order, None when more bytes are needed."""

    waiting: bytearray = field(default_factory=bytearray)

    def push(self, data: bytes) -> None:
        self.waiting += data

    def pull(self) -> Message | None:
        if len(self.waiting) < LENGTHS.size:
            return None
        header_size, payload_size = LENGTHS.unpack_from(self.waiting)
        if header_size > HEADER_LIMIT or payload_size > PAYLOAD_LIMIT:
            raise BrokenWire
        middle = LENGTHS.size + header_size
        end = middle + payload_size
        if len(self.waiting) < end:
            return None
        message = Message(_header(bytes(self.waiting[LENGTHS.size : middle])), bytes(self.waiting[middle:end]))
        del self.waiting[:end]
        return message


def _header(text: bytes) -> Header:
    try:
        header = json.loads(text)
    except ValueError as error:
        raise BrokenWire from error
    if not isinstance(header, dict):
        raise BrokenWire
    return header
