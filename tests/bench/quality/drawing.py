"""Pictures for composed films: places a camera can look around in, people, slides, writing. RGB, 640 × 360."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from segments.management.samples.people import EMIL, JONAS, MARA, Person, lay_person
from segments.management.samples.sprites import Sprite, lay, view

WIDTH, HEIGHT, FPS = 640, 360, 25
#: How much larger than the picture a place is, each way.
ROOM = 2.5
Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]
#: Draws the picture of a shot, `t` seconds after it began.
Draw = Callable[[float], Picture]
Over = Callable[[Picture], None]
PEOPLE: dict[str, Person] = {"Clara": MARA, "Leon": JONAS, "Emil": EMIL}


@dataclass(frozen=True, slots=True)
class Look:
    """Base colours of a place: ground above, ground below, and what stands in it. `grain` gives it texture."""

    above: Colour
    below: Colour
    things: tuple[Colour, ...]
    grain: float = 7.0


KITCHEN = Look((196, 150, 96), (120, 74, 40), ((214, 120, 50), (150, 60, 30), (235, 200, 140), (90, 50, 30)))
FOREST = Look((90, 140, 70), (40, 80, 34), ((30, 90, 30), (70, 120, 40), (110, 80, 40), (20, 60, 30)))
STREET = Look((14, 16, 34), (22, 22, 30), ((40, 40, 60), (60, 44, 20), (16, 24, 44), (34, 34, 38)), 3.0)
OFFICE = Look((150, 160, 176), (110, 118, 130), ((90, 110, 140), (180, 186, 196), (60, 70, 90), (130, 140, 160)))
BEACH = Look((150, 205, 250), (240, 226, 190), ((255, 250, 235), (120, 200, 240), (250, 210, 150), (220, 240, 255)))
FIELD = Look((74, 150, 62), (60, 132, 52), ((82, 160, 70), (66, 140, 58), (78, 152, 64)), 5.0)
STAND = Look((70, 74, 110), (44, 46, 70), ((150, 50, 50), (50, 70, 160), (190, 190, 200), (30, 30, 40)))
STUDIO = Look((34, 74, 110), (24, 40, 70), ((40, 110, 150), (20, 50, 90), (70, 140, 170)), 3.0)
LIBRARY = Look((140, 96, 60), (84, 54, 34), ((160, 40, 30), (40, 70, 110), (190, 150, 80), (70, 40, 20)))
ROOFS = Look((170, 196, 220), (150, 80, 60), ((170, 70, 50), (120, 60, 50), (210, 190, 150), (90, 100, 110)))
SHOP = Look((240, 120, 160), (200, 60, 110), ((255, 220, 60), (255, 255, 255), (90, 30, 110), (255, 150, 40)))


@lru_cache(maxsize=24)
def place(look: Look, seed: int) -> Picture:
    """A detailed still, larger than what the camera shows of it."""
    random = np.random.default_rng(seed)
    width, height = round(WIDTH * ROOM), round(HEIGHT * ROOM)
    share = np.linspace(0, 1, height)[:, None, None]
    ground = np.array(look.above) * (1 - share) + np.array(look.below) * share
    picture = np.repeat(ground, width, axis=1).astype(np.uint8)
    for _ in range(90):
        x, y = int(random.integers(0, width)), int(random.integers(0, height))
        base = np.array(look.things[random.integers(0, len(look.things))]) + random.integers(-14, 15)
        colour = tuple(int(v) for v in np.clip(base, 0, 255))
        size = int(random.integers(height // 40, height // 7))
        shape = random.random()
        if shape < 0.4:
            cv2.rectangle(picture, (x, y), (x + size * 2, y + size * 3), colour, -1)
        elif shape < 0.75:
            cv2.ellipse(picture, (x, y), (size, size // 2 + 4), float(random.integers(0, 180)), 0, 360, colour, -1)
        else:
            cv2.line(picture, (x, y), (x + size * 3, y + int(random.integers(-size, size))), colour, 3 + size // 12)
    noise = cv2.GaussianBlur(random.normal(0, look.grain * 3, (height, width)).astype(np.float32), (0, 0), 1.4)
    return np.clip(picture + noise[..., None], 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Camera:
    """Where it looks (shares of the place) and how it moves: shares of the picture per second, scale per second."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0
    pan: float = 0.0
    tilt: float = 0.0
    zooming: float = 0.0
    shake: float = 0.0

    def view(self, art: Picture, t: float) -> Picture:
        zoom = self.zoom * (1 + self.zooming) ** t
        wobble = [self.shake * (np.sin(17.0 * t + k) + np.sin(29.0 * t + 2 * k)) * WIDTH for k in (0, 1)]
        x = self.x * art.shape[1] + self.pan * WIDTH * t / zoom + wobble[0]
        y = self.y * art.shape[0] + self.tilt * HEIGHT * t / zoom + wobble[1]
        return view(art, x, y, zoom, WIDTH, HEIGHT)


def scenery(look: Look, seed: int, camera: Camera = Camera()) -> Draw:
    return lambda t: camera.view(place(look, seed), t)


def runners(look: Look, seed: int, camera: Camera, count: int, speed: float) -> Draw:
    """People as small upright shapes that run about, `speed` in picture widths per second."""
    random = np.random.default_rng(seed + 1000)
    starts = random.uniform(0, 1, (count, 2))
    ways = random.uniform(-1, 1, (count, 2)) * (1, 0.35)
    colours = [(200, 40, 40), (40, 60, 200), (240, 240, 240)]

    def draw(t: float) -> Picture:
        picture = camera.view(place(look, seed), t)
        for n, (start, way) in enumerate(zip(starts, ways, strict=True)):
            x, y = (start + way * speed * t + 0.02 * np.sin(9 * t + n)) % 1.0 * (WIDTH, HEIGHT)
            leg = int(6 * np.sin(14 * t + n))
            cv2.ellipse(picture, (int(x), int(y)), (9, 20), 0, 0, 360, colours[n % 3], -1)
            cv2.circle(picture, (int(x), int(y) - 27), 8, (224, 180, 150), -1)
            cv2.line(picture, (int(x), int(y) + 18), (int(x) + leg, int(y) + 40), (30, 30, 30), 5)
        return picture

    return draw


def person(look: Look, seed: int, who: str, scale: float, x: float = 0.5, talking: bool = True) -> Draw:
    """A person before a soft place; the head is about `0.6 × scale` of the picture high."""
    ground = cv2.GaussianBlur(Camera(0.3 + 0.1 * (seed % 5), 0.5).view(place(look, seed), 0.0), (0, 0), 4)

    def draw(t: float) -> Picture:
        picture = ground.copy()
        opening = 0.5 + 0.5 * np.sin(11 * t) * np.sin(3.1 * t + 1) if talking else 0.0
        y = HEIGHT * (0.36 + 0.4 * scale)
        lay_person(picture, PEOPLE[who], WIDTH * x, y, scale, t, float(max(0.0, opening)))
        return picture

    return draw


def flat(colour: Colour = (0, 0, 0)) -> Draw:
    picture = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
    return lambda _t: picture.copy()


def grey(draw: Draw) -> Draw:
    """The same without colour, as old films are, with a little flicker and dirt."""

    def aged(t: float) -> Picture:
        light = cv2.cvtColor(draw(t), cv2.COLOR_RGB2GRAY).astype(np.float32)
        light *= 1 + 0.02 * np.sin(37 * t)
        light += np.random.default_rng(round(t * FPS)).normal(0, 4, light.shape)
        return np.repeat(np.clip(light, 0, 255).astype(np.uint8)[..., None], 3, axis=2)

    return aged


def frozen(draw: Draw, at: float = 0.0) -> Draw:
    return lambda _t: draw(at)


@lru_cache(maxsize=64)
def face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The typeface that comes with Pillow, so that every computer draws the same."""
    return ImageFont.load_default(size)


@lru_cache(maxsize=256)
def lines_sprite(lines: tuple[str, ...], size: int, colour: Colour, box: Colour | None = None) -> Sprite:
    """Lines of text, on a box if it has a colour."""
    font, step, edge = face(size), round(size * 1.35), size // 2
    width = round(max(font.getlength(line) for line in lines)) + 2 * edge
    image = Image.new("L", (width, step * len(lines) + edge), 0)
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((edge, edge // 2 + n * step), line, font=font, fill=255)
    letters = np.asarray(image).astype(np.float32)[..., None] / 255
    ground = 0.0 if box is None else 0.88
    alpha = letters + (1 - letters) * ground
    tone = letters * np.array(colour) + (1 - letters) * ground * np.array(box or (0, 0, 0))
    return Sprite(np.dstack([tone, alpha * 255]).round().astype(np.uint8))


def writing(
    lines: Sequence[str],
    x: float,
    y: float,
    size: int = 26,
    colour: Colour = (255, 255, 255),
    box: Colour | None = (18, 30, 60),
    centred: bool = False,
) -> Over:
    """Lays lines with their upper left (or middle) at shares of the picture."""
    sprite = lines_sprite(tuple(lines), size, colour, box)
    anchor = (0.5, 0.5) if centred else (0.0, 0.0)
    return lambda picture: lay(picture, sprite, x * WIDTH, y * HEIGHT, anchor=anchor)


@dataclass(frozen=True, slots=True)
class Style:
    ground: Colour
    ink: Colour
    accent: Colour


STYLES = (
    Style((250, 250, 248), (24, 26, 40), (30, 90, 200)),
    Style((20, 26, 44), (236, 236, 240), (240, 160, 20)),
    Style((240, 232, 214), (60, 34, 14), (170, 40, 40)),
)


def slide(title: str, bullets: Sequence[str], style: Style, appear: Sequence[float] = ()) -> Draw:
    """A heading over bullets; bullet `n` appears at `appear[n]` seconds, all at once without it."""

    @lru_cache(maxsize=8)
    def drawn(shown: int) -> Picture:
        picture = np.full((HEIGHT, WIDTH, 3), style.ground, np.uint8)
        cv2.rectangle(picture, (0, 84), (WIDTH, 88), style.accent, -1)
        writing([title], 0.05, 0.06, 34, style.ink, None)(picture)
        for n, bullet in enumerate(bullets[:shown]):
            cv2.circle(picture, (52, 130 + 52 * n), 5, style.accent, -1)
            writing([bullet], 0.1, 0.3 + 0.145 * n, 24, style.ink, None)(picture)
        return picture

    return lambda t: drawn(sum(t >= at for at in appear) if appear else len(bullets)).copy()
