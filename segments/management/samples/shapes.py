"""Vector shapes with smooth edges: on a picture at once, or on a layer that becomes a sprite."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from segments.management.samples.colour import Colour, Picture, rgb
from segments.management.samples.sprites import Sprite

Point = tuple[float, float]
Fill = str | Sequence[str]
_SHIFT = 4
_OVER = 2  # a layer is drawn at this multiple and then reduced


def _fixed(points: Sequence[Point]) -> NDArray[np.int32]:
    return np.round((np.array(points, np.float64) - 0.5) * (1 << _SHIFT)).astype(np.int32)


def polygon(picture: Picture, points: Sequence[Point], colour: Colour) -> None:
    cv2.fillPoly(picture, [_fixed(points)], colour, cv2.LINE_AA, _SHIFT)


def stroke(picture: Picture, points: Sequence[Point], colour: Colour, width: int, closed: bool = False) -> None:
    cv2.polylines(picture, [_fixed(points)], closed, colour, width, cv2.LINE_AA, _SHIFT)


def oval(picture: Picture, x: float, y: float, across: float, down: float, colour: Colour, angle: float = 0.0) -> None:
    """`across` and `down` are half the width and half the height."""
    one = 1 << _SHIFT
    centre = (round((x - 0.5) * one), round((y - 0.5) * one))
    axes = (max(1, round(across * one)), max(1, round(down * one)))
    cv2.ellipse(picture, centre, axes, angle, 0, 360, colour, -1, cv2.LINE_AA, _SHIFT)


class Layer:
    """A transparent sheet; `Fill` is one colour or several from top to bottom of the shape."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGBA", (width * _OVER, height * _OVER), (0, 0, 0, 0))

    def polygon(self, points: Sequence[Point], fill: Fill, opacity: float = 1.0) -> None:
        mask, draw = self._mask()
        draw.polygon([(x * _OVER, y * _OVER) for x, y in points], fill=255)
        self._paint(mask, fill, opacity)

    def oval(self, x: float, y: float, across: float, down: float, fill: Fill, opacity: float = 1.0) -> None:
        mask, draw = self._mask()
        draw.ellipse([v * _OVER for v in (x - across, y - down, x + across, y + down)], fill=255)
        self._paint(mask, fill, opacity)

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: Fill, *, radius: float = 0, opacity: float = 1
    ) -> None:
        mask, draw = self._mask()
        draw.rounded_rectangle([v * _OVER for v in (left, top, right, bottom)], radius * _OVER, fill=255)
        self._paint(mask, fill, opacity)

    def line(self, points: Sequence[Point], fill: Fill, width: float, opacity: float = 1.0) -> None:
        mask, draw = self._mask()
        places = [(x * _OVER, y * _OVER) for x, y in points]
        draw.line(places, fill=255, width=max(1, round(width * _OVER)), joint="curve")
        half = width * _OVER / 2
        for x, y in (places[0], places[-1]):
            draw.ellipse([x - half, y - half, x + half, y + half], fill=255)
        self._paint(mask, fill, opacity)

    def shadow(
        self, left: float, top: float, right: float, bottom: float, *, radius: float, blur: float, opacity: float
    ) -> None:
        """A soft shadow of a rounded box."""
        mask, draw = self._mask()
        draw.rounded_rectangle([v * _OVER for v in (left, top, right, bottom)], radius * _OVER, fill=255)
        self._paint(mask.filter(ImageFilter.GaussianBlur(blur * _OVER)), "#000000", opacity)

    def blurred(self, radius: float) -> None:
        """Premultiplied while blurring: else the black of transparent places darkens every edge."""
        pixels = np.asarray(self._image, np.float32)
        pixels = np.dstack([pixels[..., :3] * (pixels[..., 3:] / 255), pixels[..., 3:]])
        soft = cv2.GaussianBlur(pixels, (0, 0), radius * _OVER)
        soft[..., :3] /= np.maximum(soft[..., 3:], 1e-3) / 255
        self._image = Image.fromarray(soft.round().clip(0, 255).astype(np.uint8), "RGBA")

    def sprite(self) -> Sprite:
        pixels = np.asarray(self._image, np.float32)
        pixels = np.dstack([pixels[..., :3] * (pixels[..., 3:] / 255), pixels[..., 3:]])
        small = cv2.resize(pixels, (self.width, self.height), interpolation=cv2.INTER_AREA)
        return Sprite(small.round().clip(0, 255).astype(np.uint8))

    def _mask(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        mask = Image.new("L", self._image.size, 0)
        return mask, ImageDraw.Draw(mask)

    def _paint(self, mask: Image.Image, fill: Fill, opacity: float) -> None:
        box = mask.getbbox()
        if box is None:
            return
        alpha = mask.crop(box)
        if opacity < 1:
            alpha = alpha.point([round(value * opacity) for value in range(256)])
        piece = _filling(fill, alpha.size)
        piece.putalpha(alpha)
        self._image.alpha_composite(piece, dest=cast(tuple[int, int], box[:2]))


def _filling(fill: Fill, size: tuple[int, int]) -> Image.Image:
    if isinstance(fill, str):
        return Image.new("RGBA", size, (*rgb(fill), 255))
    rows = np.linspace(0, len(fill) - 1, size[1])
    column = np.stack([np.interp(rows, range(len(fill)), [rgb(c)[k] for c in fill]) for k in range(3)], axis=1)
    area = np.repeat(column[:, None, :], size[0], axis=1).round().astype(np.uint8)
    return Image.fromarray(area, "RGB").convert("RGBA")
