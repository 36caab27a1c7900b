"""Evidence stage: arrays as bytes and back. Self-describing, the same bytes each time, and nothing that runs code."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"CUE1"
KINDS = {"|u1", "<i2", "<i4", "<f4", "<f8"}
Array = NDArray[Any]


class BadPayload(ValueError):
    """These bytes were not written by `pack`."""


def pack(values: Mapping[str, object], arrays: Mapping[str, Array], *, level: int = 1) -> bytes:
    """`values` is JSON-ready. Level 1 for the disk, which is quick enough; 0 for a pipe to the next process."""
    shapes = {name: [array.dtype.str, list(array.shape)] for name, array in sorted(arrays.items())}
    head = json.dumps({"values": values, "arrays": shapes}, sort_keys=True, separators=(",", ":")).encode()
    body = b"".join(np.ascontiguousarray(arrays[name]).tobytes() for name in shapes)
    return MAGIC + struct.pack(">I", len(head)) + head + zlib.compress(body, level)


def unpack(payload: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """The values and arrays of `pack`. Raises BadPayload."""
    if payload[:4] != MAGIC:
        raise BadPayload("not a packed array")
    (size,) = struct.unpack_from(">I", payload, 4)
    head = json.loads(payload[8 : 8 + size])
    body = zlib.decompress(payload[8 + size :])
    arrays: dict[str, Array] = {}
    offset = 0
    for name, (kind, shape) in head["arrays"].items():
        if kind not in KINDS:
            raise BadPayload(f"unknown kind {kind}")
        count = int(np.prod(shape, dtype=np.int64))
        arrays[name] = np.frombuffer(body, kind, count, offset).reshape(shape)
        offset += count * np.dtype(kind).itemsize
    return head["values"], arrays


def steps_of(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each picture as its difference to the one before (modulo 256): still scenes become zeros that pack to nothing."""
    steps = pictures.copy()
    steps[1:] -= pictures[:-1]
    return steps


def pictures_of(steps: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Undo `steps_of`."""
    return np.cumsum(steps, axis=0, dtype=np.uint8)
