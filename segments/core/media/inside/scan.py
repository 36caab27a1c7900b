"""Inside the child: one pass over the packets, without decoding: when pictures are shown, where decoding may start."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import av.error
from av.container import InputContainer
from av.video.stream import VideoStream

from segments.core.media.inside.loop import Outlet

#: A damaged file may fail at many places; after this many failures in a row the rest counts as lost.
PATIENCE = 50


@dataclass(slots=True)
class Packets:
    """Times in seconds on the container's clock, in the order of the file."""

    times: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    last_length: float = 0.0
    bytes: int = 0
    broken: bool = False


def scan(container: InputContainer, stream: VideoStream, outlet: Outlet) -> Packets:
    """Read every packet of the picture track."""
    found = Packets()
    base = stream.time_base or Fraction(1, 1000)
    failures = 0
    packets = container.demux(stream)
    while failures < PATIENCE:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except av.error.FFmpegError:
            failures += 1
            found.broken = True
            packets = container.demux(stream)
            continue
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or not packet.size or packet.is_discard:
            continue
        found.times.append(float(stamp * base))
        found.bytes += packet.size
        found.last_length = float((packet.duration or 0) * base)
        if packet.is_keyframe:
            found.keys.append(found.times[-1])
        outlet.beat()
    return found
