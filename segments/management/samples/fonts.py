"""Finds the typefaces of the samples on this computer and sets lines of text as sprites."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from segments.management.samples.colour import rgb
from segments.management.samples.sprites import Sprite

FOLDER = Path("/usr/share/fonts/truetype/noto")
FACES = {
    "sans": "NotoSansDisplay-Regular.ttf",
    "bold": "NotoSansDisplay-Bold.ttf",
    "serif": "NotoSerifDisplay-Regular.ttf",
    "serif-bold": "NotoSerifDisplay-Bold.ttf",
    "text": "NotoSans-Regular.ttf",
}


class FontsMissing(Exception):
    """The message names the package to install."""


def require_fonts() -> None:
    for file in FACES.values():
        if not (FOLDER / file).is_file():
            raise FontsMissing(f"The typeface {file} is missing. Install the Debian package fonts-noto-core.")


@lru_cache(maxsize=256)
def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    require_fonts()
    return ImageFont.truetype(str(FOLDER / FACES[name]), size)


@lru_cache(maxsize=512)
def line(text: str, size: float, colour: str, name: str = "bold", tracking: float = 0.0) -> Sprite:
    """One line of text; `tracking` is extra space between letters in pixels. Its height depends on the size alone."""
    font = face(name, size)
    ascent, descent = font.getmetrics()
    steps = _steps(text, font, tracking)
    image = Image.new("L", (round(steps[-1]) + 4, ascent + descent), 0)
    draw = ImageDraw.Draw(image)
    if tracking:
        for letter, x in zip(text, steps, strict=False):
            draw.text((2 + x, 0), letter, font=font, fill=255)
    else:
        draw.text((2, 0), text, font=font, fill=255)
    return Sprite.filled(np.asarray(image), rgb(colour))


def _steps(text: str, font: ImageFont.FreeTypeFont, tracking: float) -> list[float]:
    """Where each letter begins, kerning kept, and where the last one ends."""
    return [font.getlength(text[:k]) + tracking * k for k in range(len(text) + 1)]
