"""Sentences as vectors: the model all-MiniLM-L6-v2 in numpy alone, so that no deep-learning framework is needed.

A BERT encoder (Devlin et al. 2019) of six layers, distilled (Wang et al. 2020); the mean of its last layer, scaled to
length 1, is the sentence (Reimers and Gurevych 2019). The same words give the same numbers on one machine.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYERS, _HEADS, _SIZE = 6, 12, 384
_EPSILON = np.float32(1e-12)
#: What comes later in a text hardly moves its vector.
_MOST_TOKENS = 64
_MOST_LETTERS = 100
_FIRST, _LAST, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WrongModel(ValueError):
    """The file is not the model that this code was tried with."""


class MiniLM:
    def __init__(self, folder: Path) -> None:
        """`folder` holds model.safetensors and vocab.txt. Raises WrongModel, or OSError where they cannot be read."""
        raw = (folder / "model.safetensors").read_bytes()
        if hashlib.sha256(raw).hexdigest() != SHA256:
            raise WrongModel(f"{folder / 'model.safetensors'} is another file than the one expected")
        self._weights = dict(_tensors(raw))
        words = (folder / "vocab.txt").read_text("utf-8").splitlines()
        self._ids = {word: number for number, word in enumerate(words)}

    def vector(self, text: str) -> Floats:
        """Of length 1, 384 numbers; two texts mean the more alike, the larger their product."""
        hidden = self._embedded(self.tokens(text))
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.")
        mean = hidden.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)

    def tokens(self, text: str) -> list[int]:
        """Numbers of word pieces, longest first, between the marks for begin and end."""
        pieces = [self._ids[piece] for word in _words(text) for piece in self._pieces(word)]
        return [self._ids[_FIRST], *pieces[: _MOST_TOKENS - 2], self._ids[_LAST]]

    def _pieces(self, word: str) -> list[str]:
        found: list[str] = []
        rest, mark = word[:_MOST_LETTERS], ""
        while rest:
            size = next((n for n in range(len(rest), 0, -1) if mark + rest[:n] in self._ids), 0)
            if not size:
                return [_UNKNOWN]
            found.append(mark + rest[:size])
            rest, mark = rest[size:], "##"
        return found

    def _embedded(self, tokens: list[int]) -> Floats:
        own = self._weights["embeddings.word_embeddings.weight"][tokens]
        places = self._weights["embeddings.position_embeddings.weight"][: len(tokens)]
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        return self._normed(own + places + kind, "embeddings.LayerNorm.")

    def _layer(self, hidden: Floats, name: str) -> Floats:
        seen = self._linear(self._attention(hidden, f"{name}attention.self."), f"{name}attention.output.dense.")
        hidden = self._normed(hidden + seen, f"{name}attention.output.LayerNorm.")
        inner = _gelu(self._linear(hidden, f"{name}intermediate.dense."))
        return self._normed(hidden + self._linear(inner, f"{name}output.dense."), f"{name}output.LayerNorm.")

    def _attention(self, hidden: Floats, name: str) -> Floats:
        query, key, value = (
            self._linear(hidden, f"{name}{part}.").reshape(len(hidden), _HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(_SIZE / _HEADS))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(len(hidden), _SIZE))

    def _linear(self, values: Floats, name: str) -> Floats:
        return np.asarray(values @ self._weights[f"{name}weight"].T + self._weights[f"{name}bias"])

    def _normed(self, values: Floats, name: str) -> Floats:
        centred = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        return np.asarray(centred / spread * self._weights[f"{name}weight"] + self._weights[f"{name}bias"])


def _gelu(x: Floats) -> Floats:
    """x · Φ(x), the error function after Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(x * (1 + erf) / 2, np.float32)


def _tensors(raw: bytes) -> Iterator[tuple[str, Floats]]:
    """The safetensors format: length of a JSON header, the header, the numbers."""
    size = int.from_bytes(raw[:8], "little")
    header: Mapping[str, Mapping[str, Any]] = json.loads(raw[8 : 8 + size])
    body = memoryview(raw)[8 + size :]
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = entry["data_offsets"]
            yield name, np.frombuffer(body[first:last], "<f4").reshape(entry["shape"])


def _words(text: str) -> list[str]:
    """Lower case without accents, cut at blanks and around each sign and each Chinese character."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = "".join(c for c in plain if unicodedata.category(c) != "Mn" and (c.isspace() or c.isprintable()))
    return re.findall(r"[㐀-鿿豈-﫿]|[^\W_㐀-鿿豈-﫿]+|[^\w\s]|_", kept)
