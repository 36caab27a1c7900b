"""Pieces of picture with soft edges, and how they are laid on a picture."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from segments.management.samples.colour import Colour, Picture


@dataclass(frozen=True, slots=True)
class Sprite:
    """`pixels`: red, green, blue already multiplied by alpha, and alpha; eight bits."""

    pixels: NDArray[np.uint8]

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @staticmethod
    def filled(alpha: NDArray[np.uint8], colour: Colour) -> Sprite:
        share = alpha.astype(np.float32)[..., None] / 255
        return Sprite(np.dstack([share * np.array(colour, np.float32), alpha]).round().astype(np.uint8))

    @staticmethod
    def opaque(picture: Picture) -> Sprite:
        return Sprite(np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)]))


def lay(
    picture: Picture,
    sprite: Sprite,
    x: float,
    y: float,
    *,
    opacity: float = 1.0,
    scale: float = 1.0,
    angle: float = 0.0,
    anchor: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Put the sprite's `anchor` (shares of its size) at x, y; angle in degrees, clockwise."""
    if opacity <= 0.004 or scale <= 0.001:
        return
    turn = math.radians(angle)
    cos, sin = math.cos(turn) * scale, math.sin(turn) * scale
    ax, ay = anchor[0] * sprite.width, anchor[1] * sprite.height
    matrix = np.array([[cos, -sin, x - cos * ax + sin * ay], [sin, cos, y - sin * ax - cos * ay]])
    box = _reach(matrix, sprite, picture)
    if box is None:
        return
    left, top, right, bottom = box
    matrix[:, 2] -= (left, top)
    piece = _moved(sprite.pixels, matrix, right - left, bottom - top)
    _blend(picture[top:bottom, left:right], piece, opacity)


def _reach(matrix: NDArray[np.float64], sprite: Sprite, picture: Picture) -> tuple[int, int, int, int] | None:
    corners = np.array([[0, 0, 1], [sprite.width, 0, 1], [0, sprite.height, 1], [sprite.width, sprite.height, 1]])
    places = corners @ matrix.T
    left, top = (max(0, math.floor(v) - 1) for v in places.min(axis=0))
    right = min(picture.shape[1], math.ceil(places[:, 0].max()) + 1)
    bottom = min(picture.shape[0], math.ceil(places[:, 1].max()) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None


def _moved(pixels: NDArray[np.uint8], matrix: NDArray[np.float64], width: int, height: int) -> NDArray[np.uint8]:
    # Scaling far down by a warp drops detail, so halve first.
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    while scale < 0.6 and min(pixels.shape[:2]) > 8:
        smaller = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        factors = (pixels.shape[1] / smaller.shape[1], pixels.shape[0] / smaller.shape[0])
        matrix = matrix * np.array([[factors[0], factors[1], 1.0]])
        pixels, scale = smaller, scale * 2
    # Pixel centres: (0.5, 0.5) of the sprite has to land where the matrix says.
    matrix = matrix.copy()
    matrix[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    return cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR)


def _blend(region: Picture, piece: NDArray[np.uint8], opacity: float) -> None:
    source = piece.astype(np.float32) * opacity
    source[..., :3] += region * (1 - source[..., 3:] / 255)
    region[...] = np.clip(source[..., :3] + 0.5, 0, 255).astype(np.uint8)


def tint(picture: Picture, colour: Colour, share: float) -> Picture:
    """The picture with `share` of one flat colour over it."""
    if share <= 0:
        return picture
    return cv2.addWeighted(picture, 1 - share, np.full_like(picture, colour), share, 0)


def view(art: Picture, x: float, y: float, zoom: float, width: int = 1280, height: int = 720) -> Picture:
    """What a camera sees that looks at (x, y) of a larger drawing; zoom 1 shows it pixel for pixel."""
    matrix = np.array([[zoom, 0, width / 2 - zoom * x], [0, zoom, height / 2 - zoom * y]])
    mode = cv2.INTER_CUBIC if zoom > 1 else cv2.INTER_LINEAR
    return cv2.warpAffine(art, matrix, (width, height), flags=mode, borderMode=cv2.BORDER_REPLICATE)
