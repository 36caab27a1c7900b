"""The ground of the match in three dimensions: metres, x along the pitch, y away from the main camera, z up."""

# ruff: noqa: PLR0917 - places and sizes are read best as plain rows of numbers

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from segments.management.samples.colour import HEIGHT, WIDTH, Picture, developed, rgb, vertical
from segments.management.samples.fonts import line
from segments.management.samples.shapes import Point, stroke
from segments.management.samples.sprites import lay

LENGTH, BREADTH = 105.0, 68.0
GOAL_HALF, GOAL_HEIGHT = 3.66, 2.44
_DOTS = 16  # of the grass drawing, per metre
_EDGE_X, _EDGE_Y = 66.0, 46.0  # how far the grass reaches from the middle
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    place: Vector
    target: Vector
    focal: float

    def axes(self) -> NDArray[np.float64]:
        """Rows: to the right, down, forward."""
        forward = np.subtract(self.target, self.place)
        forward /= np.linalg.norm(forward)
        right = np.cross(forward, (0, 0, 1))
        right /= np.linalg.norm(right)
        return np.array([right, np.cross(forward, right), forward])

    def lens(self) -> NDArray[np.float64]:
        return np.array([[self.focal, 0, WIDTH / 2], [0, self.focal, HEIGHT / 2], [0, 0, 1]])

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """World points to rows of (column, row, pixels per metre); behind the camera the last is negative."""
        seen = (np.asarray(points, np.float64) - self.place) @ self.axes().T
        depth = np.where(np.abs(seen[:, 2]) < 0.05, 0.05, seen[:, 2])
        flat = seen[:, :2] / depth[:, None] * self.focal
        return np.column_stack([flat[:, 0] + WIDTH / 2, flat[:, 1] + HEIGHT / 2, self.focal / depth])

    def horizon(self) -> int:
        forward = self.axes()[2]
        flat = float(np.hypot(forward[0], forward[1]))
        return round(HEIGHT / 2 + self.focal * forward[2] / max(flat, 1e-3))


@dataclass(frozen=True, slots=True)
class Plane:
    """A drawing somewhere in the world: its upper left corner and the steps of one pixel right and down."""

    art: Picture
    corner: Vector
    right: Vector
    down: Vector

    def seen(self, camera: Camera) -> NDArray[np.float64]:
        """From pixels of the drawing to pixels of the picture."""
        world = np.array([self.right, self.down, np.subtract(self.corner, camera.place)], np.float64).T
        return camera.lens() @ camera.axes() @ world


@cache
def grass() -> Plane:
    width, height = round(2 * _EDGE_X * _DOTS), round(2 * _EDGE_Y * _DOTS)
    columns = (np.arange(width) / _DOTS - _EDGE_X) / (LENGTH / 18)
    stripes = np.tanh(np.sin(columns * np.pi) * 8)[None, :, None] * np.array([5, 9, 4])
    ground = np.array(rgb("#3f8642"), np.float64) + np.repeat(stripes, height, axis=0)
    random = np.random.default_rng(11)
    for size, strength in ((10, 1.6), (56, 4.0)):
        rough = random.normal(0, 1, (height // size + 2, width // size + 2)).astype(np.float32)
        ground += cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)[..., None] * strength
    art = np.clip(ground, 0, 255).astype(np.uint8)
    _markings(art)
    step = 1 / _DOTS
    return Plane(cv2.GaussianBlur(art, (0, 0), 0.6), (-_EDGE_X, _EDGE_Y, 0), (step, 0, 0), (0, -step, 0))


def _markings(art: Picture) -> None:
    def paint(points: list[Point], closed: bool = False) -> None:
        stroke(art, [((x + _EDGE_X) * _DOTS, (_EDGE_Y - y) * _DOTS) for x, y in points], rgb("#eaf4e6"), 3, closed)

    def box(x: float, y: float, depth: float, half: float) -> None:
        paint([(x, y - half), (x - depth, y - half), (x - depth, y + half), (x, y + half)])

    half_x, half_y = LENGTH / 2, BREADTH / 2
    paint([(-half_x, -half_y), (half_x, -half_y), (half_x, half_y), (-half_x, half_y)], True)
    paint([(0, -half_y), (0, half_y)])
    turn = np.linspace(0, 2 * np.pi, 73)
    paint([(9.15 * np.cos(a), 9.15 * np.sin(a)) for a in turn])
    for side in (-1, 1):
        box(side * half_x, 0, side * 16.5, 20.16)
        box(side * half_x, 0, side * 5.5, 9.16)
        arc = np.linspace(-0.925, 0.925, 30)
        paint([(side * (half_x - 11 - 9.15 * np.cos(a)), 9.15 * np.sin(a)) for a in arc])
        paint([(side * (half_x - 11 + 0.15 * np.cos(a)), 0.15 * np.sin(a)) for a in turn[::12]], True)


@cache
def crowd(pose: int, seed: int, rows: int = 26, seats: int = 300) -> Picture:
    """Rows of people, some standing; `pose` 0 and 1 differ by arms and height."""
    random = np.random.default_rng(seed)
    art = np.full((rows * 14, seats * 10, 3), rgb("#2a3142"), np.uint8)
    shirts = [rgb(c) for c in ("#d8574b", "#e8e4da", "#3d5ba9", "#c9a24b", "#7d8799", "#4a4f63", "#b5b9c4", "#912f2a")]
    skins = [rgb(c) for c in ("#e0b492", "#b98662", "#8a5a3c", "#f0cdb0")]
    for row in range(rows):
        art[row * 14 + 12 : row * 14 + 14] = rgb("#39425a")
        for seat in range(seats):
            shirt, skin = shirts[random.integers(8)], skins[random.integers(4)]
            rise, empty = int(random.integers(4)), random.random() < 0.06
            if not empty:
                _spectator(art, seat * 10 + 5, row * 14 + 5 - rise * pose, shirt, skin, pose and rise > 1)
    # Soft and a little dark, as seen from afar: the eye should stay on the pitch.
    return cv2.addWeighted(cv2.GaussianBlur(art, (0, 0), 2.6), 0.8, np.full_like(art, rgb("#2c3550")), 0.2, 0)


def _spectator(
    art: Picture, x: int, y: int, shirt: tuple[int, int, int], skin: tuple[int, int, int], joy: bool
) -> None:
    cv2.ellipse(art, (x, y + 8), (4, 5), 0, 0, 360, shirt, -1, cv2.LINE_AA)
    cv2.circle(art, (x, y + 1), 3, skin, -1, cv2.LINE_AA)
    if joy:
        cv2.line(art, (x - 3, y + 6), (x - 4, y - 4), skin, 1, cv2.LINE_AA)
        cv2.line(art, (x + 3, y + 6), (x + 4, y - 4), skin, 1, cv2.LINE_AA)


def _stands(pose: int) -> list[Plane]:
    """Four sides, rising away from the pitch."""
    high, back = 15.0, 20.0
    long, short = crowd(pose, 1), crowd(pose, 2, 26, 180)

    def slope(art: Picture, corner: Vector, along: Vector, outward: tuple[float, float]) -> list[Plane]:
        rows = art.shape[0]
        down = (-outward[0] * back / rows, -outward[1] * back / rows, -high / rows)
        return _pieces(Plane(art, corner, along, down), 8)

    top = 1.4 + high
    return [
        *slope(long, (-75, 42 + back, top), (150 / long.shape[1], 0, 0), (0, 1)),
        *slope(long, (75, -42 - back, top), (-150 / long.shape[1], 0, 0), (0, -1)),
        *slope(short, (62 + back, 45, top), (0, -90 / short.shape[1], 0), (1, 0)),
        *slope(short, (-62 - back, -45, top), (0, 90 / short.shape[1], 0), (-1, 0)),
    ]


def _pieces(plane: Plane, count: int) -> list[Plane]:
    """Cut across, so that a plane that runs past the camera is still drawn where it lies in front."""
    wide = plane.art.shape[1] // count
    return [
        Plane(
            np.ascontiguousarray(plane.art[:, k * wide : (k + 1) * wide + 4]),
            tuple(np.add(plane.corner, np.multiply(plane.right, k * wide))),
            plane.right,
            plane.down,
        )
        for k in range(count)
    ]


@cache
def _board_art(width: int) -> Picture:
    art = np.full((40, width, 3), rgb("#10203f"), np.uint8)
    looks = (("#10203f", "#ffffff"), ("#d8433a", "#fff3e6"), ("#f1e9d8", "#1d2c4d"), ("#0f6b62", "#e9fff9"))
    names = ("LAKESIDE", "FERRY LINES", "OAK & SON", "NORTHFIELD", "BLUE TRAM")
    for k, left in enumerate(range(0, width, 320)):
        ground, ink = looks[k % 4]
        art[:, left : left + 320] = rgb(ground)
        lay(art, line(names[k % 5], 26, ink, "bold", 2), left + 160, 20, anchor=(0.5, 0.5))
    return art


def _boards() -> list[Plane]:
    step = 1 / 40
    art, end = _board_art(4160), _board_art(2880)
    return [
        *_pieces(Plane(art, (-52, 39.5, 1.0), (step, 0, 0), (0, 0, -step)), 8),
        *_pieces(Plane(art, (52, -39.5, 1.0), (-step, 0, 0), (0, 0, -step)), 8),
        *_pieces(Plane(end, (58, 36, 1.0), (0, -step, 0), (0, 0, -step)), 6),
        *_pieces(Plane(end, (-58, -36, 1.0), (0, step, 0), (0, 0, -step)), 6),
    ]


@cache
def _planes(pose: int) -> list[Plane]:
    return [*_stands(pose), *_boards()]


@cache
def _sky() -> Picture:
    return developed(vertical([(0, "#7fb2dc"), (0.6, "#cfe4f2"), (1, "#f3ead9")]), 8, 0.8)


def arena(camera: Camera, pose: int) -> Picture:
    """Everything but goals and players."""
    field = grass()
    picture = cv2.warpPerspective(field.art, field.seen(camera), (WIDTH, HEIGHT), borderValue=rgb("#4f6d52"))
    horizon = camera.horizon()
    if horizon > 0:
        picture[:horizon] = _sky()[: min(horizon, HEIGHT)]
    for plane in _planes(pose):
        if _faces(plane, camera):
            _put(picture, plane, camera)
    return picture


def _faces(plane: Plane, camera: Camera) -> bool:
    """In front of the camera with every corner, in the picture, and seen from its front side."""
    high, wide = plane.art.shape[:2]
    across, down = np.multiply(plane.right, wide), np.multiply(plane.down, high)
    if np.dot(np.cross(across, down), np.subtract(camera.place, plane.corner)) > 0 or _behind(plane, camera):
        return False
    corners = np.array([np.add(plane.corner, a * across) + b * down for a in (0, 1) for b in (0, 1)])
    seen = camera.project(corners)
    return bool((seen[:, 2] > 0).all() and seen[:, 0].max() > 0 and seen[:, 0].min() < WIDTH)


def _behind(plane: Plane, camera: Camera) -> bool:
    """The main camera looks over the heads of the stand below it."""
    return bool(camera.place[1] < -50 and plane.corner[1] < -37 and plane.right[0] != 0)


def _put(picture: Picture, plane: Plane, camera: Camera) -> None:
    high, wide = plane.art.shape[:2]
    matrix = plane.seen(camera)
    corners = matrix @ np.array([[0, wide, 0, wide], [0, 0, high, high], [1, 1, 1, 1]])
    places = corners[:2] / corners[2]
    left, top = (max(0, int(v)) for v in places.min(axis=1) - 1)
    right, bottom = min(WIDTH, int(places[0].max()) + 2), min(HEIGHT, int(places[1].max()) + 2)
    if right <= left or bottom <= top:
        return
    moved = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]]) @ matrix
    size = (right - left, bottom - top)
    layer = cv2.warpPerspective(plane.art, moved, size, flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(_white(high, wide), moved, size)
    cv2.copyTo(layer, cv2.threshold(mask, 90, 255, cv2.THRESH_BINARY)[1], picture[top:bottom, left:right])


@cache
def _white(high: int, wide: int) -> NDArray[np.uint8]:
    return np.full((high, wide), 255, np.uint8)


def goal(picture: Picture, camera: Camera, side: int) -> None:
    """Net first, then posts."""
    x, back = side * LENGTH / 2, side * (LENGTH / 2 + 2.0)
    ys, zs = np.linspace(-GOAL_HALF, GOAL_HALF, 15), np.linspace(0, GOAL_HEIGHT, 6)
    strings = [[(x, y, GOAL_HEIGHT), (back, y, GOAL_HEIGHT * 0.9), (back, y, 0)] for y in ys]
    strings += [[(back, -GOAL_HALF, z * 0.9), (back, GOAL_HALF, z * 0.9)] for z in zs]
    strings += [[(x, s * GOAL_HALF, z), (back, s * GOAL_HALF, z * 0.9)] for z in zs for s in (-1, 1)]
    net = picture.copy()
    for path in strings:
        stroke(net, _flat(camera, path), rgb("#f4f6f8"), 1)
    cv2.addWeighted(net, 0.5, picture, 0.5, 0, dst=picture)
    frame = [(x, -GOAL_HALF, 0), (x, -GOAL_HALF, GOAL_HEIGHT), (x, GOAL_HALF, GOAL_HEIGHT), (x, GOAL_HALF, 0)]
    width = max(2, round(0.13 * camera.project(np.array([frame[0]]))[0, 2]))
    stroke(picture, _flat(camera, frame), rgb("#ffffff"), width)


def _flat(camera: Camera, path: list[Vector]) -> list[Point]:
    return [(float(a), float(b)) for a, b, _ in camera.project(np.array(path, np.float64))]
