"""Inside the child: how likely somebody speaks, per step, from a small neural network."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.inside.silero import CHUNK, chances
from segments.core.media.inside.loop import Outlet

#: Sound power below which nobody can be understood, and how many steps around louder ones are heard too.
QUIET = 1e-6
MARGIN = 5


def speech_shares(
    rows: NDArray[np.float32], measures: Mapping[str, NDArray[np.float32]], outlet: Outlet
) -> NDArray[np.float32]:
    """Probability 0-1 per row. Rows that are silent are not listened to, and end what is remembered."""
    loud = np.convolve(measures["power"] > QUIET, np.ones(2 * MARGIN + 1), "same") > 0
    samples = rows.reshape(-1)
    count = len(samples) // CHUNK
    row = (np.arange(count) * CHUNK + CHUNK // 2) // rows.shape[1]
    heard = np.flatnonzero(loud[row])
    result = np.zeros(len(rows), np.float32)
    if len(heard):
        fresh = np.concatenate([[True], np.diff(heard) > 1])
        chunks = samples[: count * CHUNK].reshape(count, CHUNK)[heard]
        np.maximum.at(result, row[heard], chances(chunks, fresh))
    outlet.beat()
    return result
