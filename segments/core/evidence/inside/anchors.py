"""Inside the child: where the anchors of a film tell enough.

Encoders arrange pictures as anchors (I and P) with B pictures between them, some of which other B pictures refer to.
Where no anchor refers to a B picture, leaving all of those out changes nothing in what is decoded. No header says so,
but encoders keep to one way through a file, so it is tried at a few places. What is left out then is left out where
packets are small: little happens there that its neighbours do not foretell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import av.error
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from segments.core.evidence.inside.reel import ANCHORS, FAST, REFERENCES, Skip
from segments.core.evidence.tiny import LUMA_SIZE
from segments.core.media.inside.planes import Planes

#: In older codecs nothing refers to a B picture, and the decoders of newer ones cannot leave them out.
CODEC = "h264"
#: How many places are tried, and how many packets from the key picture of each.
PLACES, NEAR = 2, 12
#: Small packets: bytes a pixel, and at most this share of a key picture's, which is less in films of low quality.
CALM, CALM_SHARE = 0.015, 0.5

Copies = dict[int, NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class Key:
    """A key picture: seconds on the container's clock, its bytes, and those of the `NEAR` packets from it on."""

    time: float
    size: int
    near: int


def calm_bytes(container: InputContainer, stream: VideoStream, keys: Sequence[Key]) -> int:
    """Below how many bytes a packet is small enough for anchors alone; 0 where anchors need the B pictures."""
    if stream.codec_context.name != CODEC or not keys:
        return 0
    # where much changes, a wrong reference shows
    busiest = sorted(keys, key=lambda key: key.size - key.near)[:PLACES]
    if not all(_stand_alone(container, stream, key.time) for key in busiest):
        return 0
    return int(min(CALM * stream.width * stream.height, CALM_SHARE * float(np.median([key.size for key in keys]))))


def _stand_alone(container: InputContainer, stream: VideoStream, place: float) -> bool:
    """Whether small copies of the anchors after the key picture at `place` are the same without B pictures."""
    with_others, alone = (_copies(container, stream, place, skip) for skip in (REFERENCES, ANCHORS))
    same = all(stamp in with_others and not (copy != with_others[stamp]).any() for stamp, copy in alone.items())
    return same and bool(alone)


def _copies(container: InputContainer, stream: VideoStream, place: float, skip: Skip) -> Copies:
    """Small copies by time stamp of what is decoded from the packets after the key picture at `place`."""
    decoder = stream.codec_context
    decoder.options, decoder.skip_frame = FAST, skip
    found: Copies = {}
    try:
        container.seek(round(place / (stream.time_base or Fraction(1, 1000))), stream=stream)
        packets = [packet for packet in islice(container.demux(stream), NEAR) if packet.size]
        for packet in [*packets, None]:  # drained at the end, as the last pictures wait for others
            for frame in decoder.decode(packet):
                if frame.pts is not None and frame.pts >= (packets[0].pts or 0):
                    found[frame.pts] = Planes(frame).luma(*LUMA_SIZE)
    except av.error.FFmpegError:
        return {}  # damage says nothing about references
    return found
