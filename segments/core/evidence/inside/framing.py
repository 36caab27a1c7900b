"""Inside the child: when each picture is shown, from the packets alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np

from segments.core.evidence.arrays import pack
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.inside.scan import scan
from segments.core.media.open import open_media, picture_track
from segments.core.media.wire import Message


def times(request: Message, outlet: Outlet) -> None:
    """Emit one message: seconds on the video's clock, in the order in which pictures are shown."""
    header = cast(dict[str, Any], request.header)
    facts, limits = MediaFacts(**header["facts"]), MediaLimits(**header["limits"])
    with open_media(Path(header["path"]), limits) as container:
        found = np.unique(np.asarray(scan(container, picture_track(container), outlet).times, "<f8") - facts.start_time)
    shown = found[(found > -1e-6) & (found < facts.duration_seconds)]
    outlet.emit({"frames": len(shown)}, pack({}, {"times": shown}))
