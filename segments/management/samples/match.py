"""The match film: broadcast camera, view from above, goals, celebrations, replays in slow motion."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from segments.core.presets import preset
from segments.management.samples import match_plays as plays
from segments.management.samples.athletes import people
from segments.management.samples.colour import Picture
from segments.management.samples.film import Draw, Film, Overlay, Scene, Text
from segments.management.samples.fonts import line
from segments.management.samples.match_sound import sound
from segments.management.samples.motion import in_and_out, settle, smooth, sway
from segments.management.samples.play import Play, focus, moment
from segments.management.samples.shapes import Layer
from segments.management.samples.sprites import Sprite, lay
from segments.management.samples.stadium import Camera, arena, goal

END = 96.0
SLOW = 0.42
Angle = Callable[[Play, float], Camera]


def broadcast(play: Play, t: float) -> Camera:
    """From the main stand, following the ball."""
    x, y = focus(play, t)
    return Camera((0.62 * x, -64, 23), (0.88 * x, 0.4 * y - 1, 0), 1750)


def from_above(play: Play, t: float) -> Camera:
    x, y = focus(play, t)
    return Camera((0.8 * x, 0.7 * y - 9, 66), (0.8 * x, 0.7 * y + 1, 0), 1400)


def flight(play: Play, t: float) -> Camera:
    """The camera of the opening: high, slowly coming nearer."""
    return Camera((-34 + 5 * t, -88 + 4 * t, 40 - 1.2 * t), (2 * t - 8, -7, 0), 1150)


def corner(side: int, near: int) -> Angle:
    """Close to the players who celebrate."""

    def angle(play: Play, t: float) -> Camera:
        drift = 0.25 * t
        if near < 0:
            return Camera((side * (40.5 + drift), -38.5, 1.9), (side * 46.4, -25.4, 1.35), 1120)
        return Camera((side * (54 - drift), 12.5, 1.9), (side * 46, 24, 1.35), 1120)

    return angle


def behind_goal(side: int) -> Angle:
    def angle(play: Play, t: float) -> Camera:
        x, y = focus(play, t)
        return Camera((side * 64, 9 - 0.4 * t, 5.2), (side * min(44, abs(x)), 0.6 * y, 1.0), 980)

    return angle


def shot(play: Play, angle: Angle, begin: float = 0.0, speed: float = 1.0) -> Draw:
    """A play from `begin` on, seen by one camera."""

    def draw(t: float) -> Picture:
        at = begin + t * speed
        camera = angle(play, at)
        joyful = play.goal is not None and at > play.goal + 0.5
        picture = arena(camera, int(joyful and int(at * 5) % 2))
        for side in (-1, 1):
            if camera.project([(side * 54.0, 0.0, 1.0)])[0, 2] > 0:
                goal(picture, camera, side)
        people(picture, camera, moment(play, at), play.scorers if joyful else None, at)
        return picture

    return draw


# Name, start, picture, how it comes in, how long that takes.
_SHOTS: tuple[tuple[str, float, Draw, str, float], ...] = (
    ("Flight over the ground", 0.0, shot(plays.BUILD_UP, flight), "cut", 0.0),
    ("Kick-off and build-up", 6.0, shot(plays.BUILD_UP, broadcast), "dissolve", 0.8),
    ("Calm passing from above", 15.0, shot(plays.CALM_ONE, from_above), "cut", 0.0),
    ("Attack and first goal", 23.0, shot(plays.FIRST_GOAL, broadcast), "cut", 0.0),
    ("Lakeside celebrates", 31.6, shot(plays.FIRST_GOAL, corner(1, -1), 10.6), "cut", 0.0),
    ("Replay of the first goal", 35.6, shot(plays.FIRST_GOAL, behind_goal(1), 4.2, SLOW), "wipe", 0.6),
    ("Build-up after the restart", 42.6, shot(plays.BUILD_UP, broadcast, 3.4), "wipe", 0.6),
    ("Northfield equalises", 48.6, shot(plays.EQUALISER, broadcast), "cut", 0.0),
    ("Northfield celebrates", 56.4, shot(plays.EQUALISER, corner(-1, 1), 9.6), "cut", 0.0),
    ("Second calm stretch from above", 60.0, shot(plays.CALM_TWO, from_above), "cut", 0.0),
    ("Attack and winning goal", 68.4, shot(plays.WINNER, broadcast), "cut", 0.0),
    ("Lakeside celebrates the winner", 77.0, shot(plays.WINNER, corner(1, -1), 10.4), "cut", 0.0),
    ("Replay of the winning goal", 80.8, shot(plays.WINNER, behind_goal(1), 4.2, SLOW), "wipe", 0.6),
    ("Last minutes", 87.6, shot(plays.CALM_TWO, broadcast, 2.0), "wipe", 0.6),
)
GOALS = ((23.0 + 6.45, "LAK 1 – 0 NOR"), (48.6 + 5.75, "LAK 1 – 1 NOR"), (68.4 + 6.45, "LAK 2 – 1 NOR"))
REPLAYS = ((35.6, 42.6), (80.8, 87.6))
WHISTLES = ((6.9, False), (91.0, True))


@cache
def _score_plate() -> Sprite:
    layer = Layer(380, 76)
    layer.shadow(14, 12, 366, 62, radius=10, blur=6, opacity=0.5)
    layer.box(14, 10, 366, 60, ["#1b2640", "#0d1528"], radius=9)
    layer.box(14, 10, 22, 60, "#e2443a", radius=3)
    layer.box(280, 10, 366, 60, ["#f6c445", "#e2a52a"], radius=9)
    layer.box(272, 10, 280, 60, "#2b4fc4")
    return layer.sprite()


def _scoreboard(start: float, end: float, score: str, minute: str, fresh: bool) -> Overlay:
    def draw(picture: Picture, t: float) -> None:
        shown = smooth(t, 0, 0.3) if start < 7.5 else 1.0
        lay(picture, _score_plate(), 34, 26, opacity=shown)
        glow = in_and_out(t, 0, 3.0, 0.3) * (0.5 + 0.5 * sway(t, 0.6)) if fresh else 0.0
        lay(picture, line(score, 29, "#ffffff", "bold", 0.5), 66, 40, opacity=shown)
        lay(picture, line(score, 29, "#ffd75e", "bold", 0.5), 66, 40, opacity=shown * glow)
        lay(picture, line(minute, 26, "#1b2640", "bold"), 357, 61, opacity=shown, anchor=(0.5, 0.5))

    return Overlay(start, end, draw, (Text(0.2, end - start, f"{score} {minute}"),))


def _scoreboards() -> tuple[Overlay, ...]:
    """A new plate with every goal and every part of the match; replays show none."""
    parts = (
        (7.2, "0 – 0", "1'"), (15.0, "0 – 0", "17'"), (23.0, "0 – 0", "24'"), (30.6, "1 – 0", "24'"),
        (42.9, "1 – 0", "39'"), (48.6, "1 – 0", "58'"), (55.4, "1 – 1", "58'"), (60.0, "1 – 1", "71'"),
        (68.4, "1 – 1", "86'"), (76.0, "2 – 1", "86'"), (87.9, "2 – 1", "90'"), (91.6, "", ""),
    )  # fmt: skip
    plates = []
    for (start, score, minute), (end, _, _) in pairwise(parts):
        until = next((begin for begin, _ in REPLAYS if start < begin < end), end)
        fresh = start in (30.6, 55.4, 76.0)
        plates.append(_scoreboard(start, until, f"LAK {score} NOR", minute, fresh))
    return tuple(plates)


@cache
def _banner() -> Sprite:
    layer = Layer(920, 150)
    layer.shadow(30, 24, 890, 118, radius=14, blur=12, opacity=0.55)
    layer.box(30, 20, 890, 116, ["#20305a", "#0e1830"], radius=12)
    layer.polygon([(30, 32), (30, 104), (210, 116), (250, 20)], ["#f6c445", "#e59b26"])
    return layer.sprite()


def _goal_banner(start: float, scorer: str) -> Overlay:
    long = 3.6

    def draw(picture: Picture, t: float) -> None:
        shown = in_and_out(t, 0, long, 0.35)
        x = 180 - 70 * (1 - settle(t, 0, 0.7))
        lay(picture, _banner(), x, 540, opacity=shown)
        lay(picture, line("GOAL", 50, "#14203c", "bold", 2), x + 130, 608, opacity=shown, anchor=(0.5, 0.5))
        lay(picture, line(scorer, 40, "#ffffff", "bold"), x + 280, 608, opacity=shown, anchor=(0, 0.5))

    return Overlay(start, start + long, draw, (Text(0.4, long - 0.4, "GOAL"), Text(0.4, long - 0.4, scorer)))


@cache
def _tag() -> Sprite:
    layer = Layer(220, 76)
    layer.shadow(14, 12, 206, 62, radius=24, blur=6, opacity=0.5)
    layer.box(14, 10, 206, 60, ["#f6c445", "#e59b26"], radius=25)
    layer.polygon([(38, 22), (38, 48), (60, 35)], "#14203c")
    return layer.sprite()


def _replay_tag(start: float, end: float) -> Overlay:
    def draw(picture: Picture, t: float) -> None:
        shown = in_and_out(t, 0.5, end - start - 0.1, 0.25)
        lay(picture, _tag(), 1026, 26, opacity=shown)
        lay(picture, line("REPLAY", 27, "#14203c", "bold", 2), 1096, 61, opacity=shown, anchor=(0, 0.5))

    return Overlay(start, end, draw, (Text(0.8, end - start - 0.4, "REPLAY"),))


@cache
def _dusk() -> Sprite:
    layer = Layer(1280, 720)
    layer.box(0, 0, 1280, 720, "#08101f", opacity=0.45)
    return layer.sprite()


def _card(start: float, end: float, rows: tuple[tuple[str, float, float, str, str], ...]) -> Overlay:
    """Large centred lines over a darkened picture: words, height, size, colour, typeface."""

    def draw(picture: Picture, t: float) -> None:
        shown = in_and_out(t, 0, end - start, 0.6)
        lay(picture, _dusk(), 0, 0, opacity=shown)
        for k, (words, y, size, colour, face) in enumerate(rows):
            come = settle(t, 0.2 + 0.15 * k, 1.2 + 0.15 * k)
            sprite = line(words, size, colour, face, 3 if face == "bold" else 1)
            lay(picture, sprite, 640, y + 26 * (1 - come), opacity=shown * come, anchor=(0.5, 0.5))

    texts = tuple(Text(1.0, end - start - 0.5, row[0]) for row in rows)
    return Overlay(start, end, draw, texts)


def _overlays() -> tuple[Overlay, ...]:
    opening = (
        ("CUP FINAL", 232, 34, "#f6c445", "bold"),
        ("Lakeside v Northfield", 330, 92, "#ffffff", "serif-bold"),
        ("Harbour Ground", 428, 36, "#dfe8f5", "sans"),
    )
    ending = (
        ("FULL TIME", 260, 40, "#f6c445", "bold"),
        ("Lakeside 2 – 1 Northfield", 362, 84, "#ffffff", "serif-bold"),
    )
    return (
        *_scoreboards(),
        _card(0.4, 5.8, opening),
        _goal_banner(31.8, "9 Ada Berg, Lakeside"),
        _goal_banner(56.5, "10 Noor Haddad, Northfield"),
        _goal_banner(77.2, "11 Mina Okoye, Lakeside"),
        *(_replay_tag(a, b) for a, b in REPLAYS),
        _card(91.4, END, ending),
    )


def _facts() -> dict[str, object]:
    reactions = (42.6, 60.0, 87.6)
    return {
        "goals": [{"at": round(at, 2), "score": score} for at, score in GOALS],
        "highlights": [
            {"start": begin, "end": end, "peak": round(at, 2)}
            for begin, end, (at, _) in zip((23.0, 48.6, 68.4), reactions, GOALS, strict=True)
        ],
        "replays": [list(span) for span in REPLAYS],
        "whistles": [at for at, _ in WHISTLES],
        "calm": [[8.0, 23.0], [43.2, 48.6], [60.5, 68.4]],
    }


def film() -> Film:
    return Film(
        name="match",
        title="Cup final",
        line="A ball game with three goals, replays in slow motion, a scoreboard and a crowd that gets loud.",
        definitions=preset("sports-highlights").definitions,
        scenes=tuple(Scene(name, start, draw, entry, long) for name, start, draw, entry, long in _SHOTS),
        overlays=_overlays(),
        end=END,
        sound=lambda: sound(END, tuple(at for at, _ in GOALS), REPLAYS, WHISTLES),
        facts=_facts(),
        fade_in=1.0,
        fade_out=1.4,
        crf=36,
    )
