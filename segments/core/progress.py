"""How long work tells its caller how far it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """Raised by a `Report` when the work is no longer wanted; let it pass through."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` seconds of video were handled in `stage` (a key of `STAGES`).

    `cuts` are provisional transition times in seconds, found since the last report.
    """

    stage: str
    done: float
    total: float
    cuts: tuple[float, ...] = ()


#: Words for people: while it runs, and when it is done.
STAGES: dict[str, tuple[str, str]] = {
    "waiting": ("Waiting in line", "Waited in line"),
    "fetching": ("Loading the video from its address", "Loaded the video from its address"),
    "reading": ("Reading the file", "Read the file"),
    "pictures": ("Looking at pictures", "Looked at pictures"),
    "cuts": ("Finding cuts", "Found cuts"),
    "sound": ("Listening to the sound", "Listened to the sound"),
    "faces": ("Looking for faces", "Looked for faces"),
    "words": ("Reading the subtitles", "Read the subtitles"),
    "text": ("Reading on-screen text", "Read on-screen text"),
    "resolving": ("Putting it together", "Put it together"),
    "thumbnails": ("Making thumbnails", "Made thumbnails"),
    "converting": ("Converting for browsers", "Converted for browsers"),
}

Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """A `Report` for callers that do not listen."""
