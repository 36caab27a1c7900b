"""Media stage: what is this file? Asked in a limited child, answered as MediaFacts or a named failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from segments.core.errors import MediaUnreadable
from segments.core.media.child import Child
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.pool import Pool, Work

TASK = "segments.core.media.inside.probing:probe"
#: Scanning packets is quick, but a 4 GiB file on a slow machine takes its time.
CPU_SECONDS = 300


def probe(
    path: Path, *, filename: str, limits: MediaLimits, pool: Pool | None = None, tick: Callable[[], None] = lambda: None
) -> MediaFacts:
    """Look at the file itself; `filename` only helps to choose between names of one container.

    With `pool` one of its children is asked, else one that ends with its answer. `tick` is called while it looks.
    """
    if not path.is_file():
        raise MediaUnreadable("The file is gone. Upload it again.")
    path = path.resolve()
    request = {"path": str(path), "filename": filename, "limits": asdict(limits)}
    if pool is not None:
        answers = [message for _, message in pool.run([Work(0, TASK, request)], tick)]
        answer = next(message for message in answers if "facts" in message.header)
    else:
        with Child(path.parent, limits, ChildLimits(limits.memory_bytes, CPU_SECONDS)) as child:
            answer = child.run(TASK, request, tick=tick)
    facts = cast(dict[str, Any], answer.header["facts"])
    return MediaFacts(**{**facts, "notes": tuple(facts["notes"])})
