"""Evidence stage: the small pictures of a whole run, unpacked from its windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.arrays import pictures_of, unpack


@dataclass(frozen=True, slots=True)
class Pictures:
    """In time order, all arrays equally long. `extra` ones were decoded only to place a cut exactly.

    `luma` is (n, 27, 48), `chroma` (n, 2, 9, 16): blue and red difference.
    """

    times: NDArray[np.float64]
    keys: NDArray[np.bool_]
    extra: NDArray[np.bool_]
    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint8]

    @classmethod
    def of(cls, payloads: Sequence[bytes]) -> Pictures:
        parts = [unpack(payload)[1] for payload in payloads]
        return cls(
            np.concatenate([part["times"] for part in parts]),
            np.concatenate([part["keys"] for part in parts]).astype(bool),
            np.concatenate([part["extra"] for part in parts]).astype(bool),
            np.concatenate([pictures_of(part["luma"]) for part in parts]),
            np.concatenate([pictures_of(part["chroma"]) for part in parts]),
        )
