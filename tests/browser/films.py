"""Films for the browser: every scene has a colour of its own, so that a test can see which one is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests import clips

#: Scene after scene as (red, green, blue), each SCENE_SECONDS long.
COLOURS = ((200, 40, 40), (40, 170, 60), (50, 70, 210), (210, 190, 40))
SCENE_SECONDS = 3.0


def _scene(colour: tuple[int, int, int]) -> clips.Picture:
    """The colour with a grid on it, so that a detector sees a picture and not an empty screen."""
    picture = np.full((clips.SIZE[1], clips.SIZE[0], 3), colour[::-1], np.uint8)
    picture[::30, :, :] = 20
    picture[:, :: 24 + 8 * COLOURS.index(colour), :] = 235
    return picture


def _pictures() -> Iterator[clips.Picture]:
    for colour in COLOURS:
        yield from clips.hold(_scene(colour), SCENE_SECONDS)


def four_scenes(path: Path) -> Path:
    """Twelve seconds, cuts at 3, 6 and 9."""
    return clips.write(path, _pictures(), sound=clips.tone(SCENE_SECONDS * len(COLOURS)))


def scene_of(red: float, green: float, blue: float) -> int:
    """Which scene a shown colour belongs to, counted from 0."""
    distances = [abs(red - r) + abs(green - g) + abs(blue - b) for r, g, b in COLOURS]
    return distances.index(min(distances))


def damaged(path: Path) -> Path:
    """Half a minute of which some seconds in the middle cannot be decoded."""
    pictures = (picture for seed in range(10) for picture in clips.hold(clips.scene(seed), 3.0))
    clips.write(path, pictures, options={"preset": "ultrafast", "crf": "10", "g": "12", "bf": "0"})
    content = bytearray(path.read_bytes())
    first, last = int(len(content) * 0.40), int(len(content) * 0.47)
    content[first:last] = bytes(last - first)
    path.write_bytes(content)
    return path
