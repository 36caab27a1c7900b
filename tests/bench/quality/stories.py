"""Three more composed films: a ball game, a story in six places, and a mixture of hard transitions and sounds."""

from __future__ import annotations

import numpy as np

from tests.bench.quality.drawing import (
    BEACH,
    FIELD,
    FOREST,
    KITCHEN,
    LIBRARY,
    OFFICE,
    ROOFS,
    STAND,
    STREET,
    STUDIO,
    STYLES,
    Camera,
    Draw,
    Look,
    Picture,
    flat,
    frozen,
    grey,
    person,
    runners,
    scenery,
    slide,
    writing,
)
from tests.bench.quality.planning import Film, Reel
from tests.bench.quality.sounding import crowd, hiss, music

SCORES = (("RED 0 - 0 BLUE", "RED 1 - 0 BLUE", "RED 1 - 1 BLUE", "RED 2 - 1 BLUE"),
          ("OAK 0 - 0 ELM", "OAK 0 - 1 ELM", "OAK 0 - 2 ELM", "OAK 1 - 2 ELM"))  # fmt: skip


def match(seed: int) -> Film:
    """Calm play between three moments that are fast, quickly cut and loud; and a loud moment in which nothing moves."""
    reel = Reel(f"match-{seed}", seed)
    board = SCORES[seed % 2]
    marks = [0.0]
    for number, calm in enumerate((15.0, 17.0, 13.0)):
        _calm(reel, calm, number)
        marks.append(_moment(reel, number) - 0.6)
    _calm(reel, 10.0, 3)
    for n, (start, end) in enumerate(zip(marks, [*marks[1:], reel.at], strict=True)):
        reel.write("scoreboard", [board[n]], writing([board[n]], 0.04, 0.05, 20, box=(10, 10, 10)), start, end)
    reel.add_sound("noise", crowd(reel.at, 5, 0.03), 0.0, loud=False)
    return reel.film()


def _calm(reel: Reel, seconds: float, number: int) -> None:
    start = reel.at
    camera = Camera(0.4, 0.5, 1.0, pan=0.012 * (-1) ** number)
    reel.shot(runners(FIELD, 70 + reel.seed, camera, 9, 0.06), seconds * 0.6, camera="static", colour="green")
    if number == 1:
        reel.shot(scenery(STAND, 80 + reel.seed), seconds * 0.4, camera="static", crowd=True)
    else:
        camera = Camera(0.6, 0.5, 1.2)
        reel.shot(runners(FIELD, 70 + reel.seed, camera, 7, 0.05), seconds * 0.4, camera="static", colour="green")
    reel.note("calm", start, reel.at)


def _moment(reel: Reel, number: int) -> float:
    """Build-up, the shot at goal, the crowd, the scorer; returns when the goal fell."""
    start = reel.at
    quick = Camera(0.25, 0.5, 1.1, pan=0.32)
    reel.shot(runners(FIELD, 70 + reel.seed, quick, 9, 0.6), 3.4, camera="pan", colour="green")
    goal = reel.shot(runners(FIELD, 71 + reel.seed, Camera(0.7, 0.5, 1.8, pan=-0.35), 5, 0.8), 2.0, colour="green")
    reel.shot(scenery(STAND, 80 + reel.seed, Camera(0.5, 0.5, 1.3, shake=0.012)), 1.6, crowd=True)
    at = reel.shot(person(FIELD, 71, "Leon", 0.7, 0.55 + 0.05 * number), 2.2, face="Leon", size="close_up")
    reel.write("title", ["GOAL!"], writing(["GOAL!"], 0.05, 0.3, 50), at, reel.at)
    reel.shot(runners(FIELD, 70 + reel.seed, Camera(0.5, 0.5, 1.5, shake=0.01), 9, 0.5), 1.8, colour="green")
    reel.add_sound("noise", crowd(reel.at - start + 1.0, 9 + number, 0.2), start + 0.6, loud=True)
    reel.note("highlight", start, reel.at, peak=goal + 1.0, score=True)
    return goal + 1.6


def story(seed: int) -> Film:
    """Six scenes, each in one place, seen by several cameras; two of them talk across a table."""
    reel = Reel(f"story-{seed}", seed)
    order = (_kitchen, _forest, _night, _silent, _office, _beach)
    for number, scene in enumerate(order):
        start = reel.at
        name = scene(reel, 100 + 10 * reel.seed + number)
        reel.note("scene", start + reel.over_at(start) / 2, reel.at, where=name)
    return reel.film()


def _kitchen(reel: Reel, seed: int) -> str:
    """Two people who talk in turn: four cuts, one scene."""
    at = reel.shot(scenery(KITCHEN, seed), 3.6, camera="static", still=True, place="kitchen")
    for who, voice, seconds, x in (
        ("Emil", "lecturer", 8.0, 0.4),
        ("Clara", "presenter", 8.4, 0.6),
        ("Emil", "lecturer", 8.0, 0.4),
    ):
        at = reel.shot(person(KITCHEN, seed, who, 0.7, x), seconds, face=who, size="close_up", place="kitchen")
        end = reel.say(voice, at + 0.3, seconds - 0.4)
        reel.note("turn", at + 0.3, end, voice=voice)
        reel.note("face", at, reel.at, who=who, position="center", speaking=True)
    return "kitchen"


def _forest(reel: Reel, seed: int) -> str:
    start = reel.shot(scenery(FOREST, seed, Camera(0.3, 0.5, 1.0, pan=0.09)), 6.0, "dissolve", 1.0, camera="pan")
    reel.shot(scenery(FOREST, seed, Camera(0.6, 0.3, 1.4, tilt=0.10)), 5.0, camera="tilt")
    reel.shot(scenery(FOREST, seed, Camera(0.4, 0.6, 1.9)), 4.4, camera="static", still=True)
    reel.shot(scenery(FOREST, seed, Camera(0.6, 0.5, 1.1, zooming=0.08)), 5.6, camera="zoom")
    reel.add_sound("music", music(reel.at - start - 1.2, 9.6), start + 1.0)
    return "forest"


def _night(reel: Reel, seed: int) -> str:
    start = reel.shot(scenery(STREET, seed), 5.0, "fade", 1.4, camera="static", still=True, light="dark")
    reel.shot(runners(STREET, seed, Camera(0.6, 0.5, 1.3), 2, 0.05), 5.0, camera="static", light="dark")
    at = reel.shot(scenery(STREET, seed, Camera(0.3, 0.6, 1.7)), 5.0, camera="static", still=True, light="dark")
    lines = ["CLOSED UNTIL MONDAY"]
    reel.write("sign", lines, writing(lines, 0.4, 0.3, 24, box=(70, 20, 20)), at, reel.at)
    reel.note("dark", start + 0.9, reel.at)
    reel.add_sound("noise", hiss(9.0, seed, 0.02), start + 3.0)
    return "street at night"


def _silent(reel: Reel, seed: int) -> str:
    """An old film without colour and without sound, with a title between."""
    start = reel.shot(grey(runners(LIBRARY, seed, Camera(0.4, 0.5), 3, 0.2)), 5.6, "fade", 1.2, grey=True)
    lines = ["The professor", "returns home"]
    at = reel.shot(flat((8, 8, 8)), 3.4, grey=True, still=True, light="dark")
    reel.write("title", lines, writing(lines, 0.5, 0.5, 40, box=None, centred=True), at, reel.at)
    reel.note("intertitle", at, reel.at, text="\n".join(lines))
    reel.shot(grey(runners(LIBRARY, seed, Camera(0.6, 0.5, 1.2), 4, 0.3)), 5.6, grey=True)
    reel.note("grey", start + 0.6, reel.at)
    return "library"


def _office(reel: Reel, seed: int) -> str:
    start = reel.shot(scenery(OFFICE, seed), 4.0, camera="static", still=True, place="office")
    at = reel.shot(person(OFFICE, seed, "Leon", 0.26, 0.66), 8.0, face="Leon", size="medium", place="office")
    end = reel.say("reporter", at + 0.4, 7.4)
    reel.note("turn", at + 0.4, end, voice="reporter")
    reel.note("face", at, reel.at, who="Leon", position="right", speaking=True)
    at = reel.shot(frozen(runners(OFFICE, seed, Camera(0.6, 0.4, 1.5), 4, 0.2), 2.0), 5.0, camera="static", still=True)
    reel.note("still", at, reel.at)
    at = reel.shot(person(OFFICE, seed, "Clara", 0.8, 0.5, talking=False), 4.0, face="Clara", size="close_up")
    reel.note("face", at, reel.at, who="Clara", position="center", speaking=False)
    reel.add_sound("noise", hiss(reel.at - end - 0.5, seed, 0.03), end + 0.5)
    reel.note("office", start, reel.at)
    return "office"


def _beach(reel: Reel, seed: int) -> str:
    start = reel.shot(
        scenery(BEACH, seed, Camera(0.5, 0.4)), 5.0, "dissolve", 0.8, camera="static", still=True, light="bright"
    )
    reel.shot(runners(BEACH, seed, Camera(0.5, 0.5, 1.2, shake=0.004), 6, 0.45), 5.4, light="bright", lively=True)
    reel.shot(scenery(BEACH, seed, Camera(0.7, 0.5, 1.6, pan=-0.08)), 5.6, camera="pan", light="bright")
    reel.note("bright", start + 0.4, reel.at)
    reel.add_sound("music", music(reel.at - start - 0.6, 24.0), start + 0.6)
    at = reel.shot(flat(), 4.0, "fade", 1.2, still=True, light="dark")
    reel.write("title", ["THE END"], writing(["THE END"], 0.5, 0.5, 60, box=None, centred=True), at + 1.4, reel.at)
    return "beach"


_LOOKS: tuple[Look, ...] = (KITCHEN, FOREST, STREET, OFFICE, BEACH, LIBRARY, ROOFS, STAND, STUDIO)
_NAMES = ("Dr. Anna Keller", "Live from Lisbon", "Chapter Two", "Tom Brand, Baker", "Part Three")


def mixture(seed: int) -> Film:
    """Transitions of every kind at random, with what must not be taken for one; sounds of every kind at random."""
    reel = Reel(f"mixture-{seed}", seed)
    random = np.random.default_rng(seed)
    kinds = ["cut"] * 13 + ["dissolve"] * 5 + ["wipe"] * 3 + ["fade"] * 4
    random.shuffle(kinds)
    before = -1
    for n, kind in enumerate(kinds):
        look = int(random.choice([k for k in range(len(_LOOKS)) if k != before]))
        before = look
        over = float(random.uniform(0.4, 1.2))
        seconds = float(random.uniform(1.2, 4.6)) + (over if kind != "cut" else 0.0)
        start = reel.at
        draw, values = _any_shot(random, _LOOKS[look], seed * 50 + n)
        reel.shot(draw, seconds, kind, over, light="dark" if _LOOKS[look] is STREET else "", **values)
        if "slide" in values:
            _slide_texts(reel, start, str(values["slide"]))
        _disturb(reel, random, start + over + 0.4, n)
    _sounds(reel, random)
    return reel.film()


def _any_shot(random: np.random.Generator, look: Look, seed: int) -> tuple[Draw, dict[str, object]]:
    x, zoom = float(random.uniform(0.3, 0.7)), float(random.uniform(1.0, 1.8))
    choice = int(random.integers(0, 7))
    cameras = (
        Camera(x, 0.5, zoom),
        Camera(x, 0.5, zoom, pan=float(random.uniform(0.05, 0.3))),
        Camera(x, 0.5, zoom, zooming=float(random.uniform(0.03, 0.2))),
        Camera(x, 0.5, zoom, shake=0.006),
    )
    if choice == 4:
        return runners(look, seed, cameras[0], 6, 0.4), {}
    if choice == 5:
        who = ("Clara", "Leon", "Emil")[seed % 3]
        return person(look, seed, who, 0.5 + 0.3 * x), {"face": who}
    if choice == 6 and look is not STREET:
        title = "Item " + _NAMES[seed % 5]
        return slide(title, ("First point", "Second point"), STYLES[seed % 3], (0.0, 0.9)), {"slide": title}
    return scenery(look, seed, cameras[choice % 4]), {}


def _slide_texts(reel: Reel, start: float, title: str) -> None:
    seen = start + reel.over_at(start) / 2
    reel.note("text", seen, reel.at, text=title, role="title")
    reel.note("text", seen, reel.at, text="First point", role="slide")
    reel.note("text", min(reel.at, max(seen, start + 0.9)), reel.at, text="Second point", role="slide")


def _disturb(reel: Reel, random: np.random.Generator, earliest: float, n: int) -> None:
    """In every third shot a flash or a lower third, which end no shot."""
    if reel.at - earliest < 1.2 or n % 3:
        return
    if n % 2:
        at = float(random.uniform(earliest, reel.at - 0.7))
        reel.over(_flash, at, at + 0.08)
        reel.note("distractor", at, at + 0.08, what="flash")
    else:
        name = [_NAMES[n % 5]]
        reel.write("lower_third", name, writing(name, 0.06, 0.8, 22), earliest, reel.at - 0.2)
        reel.note("distractor", earliest, reel.at - 0.2, what="lower third")


def _flash(picture: Picture) -> None:
    picture[:] = np.clip(picture.astype(np.int16) + 140, 0, 255).astype(np.uint8)


def _sounds(reel: Reel, random: np.random.Generator) -> None:
    at, last = 0.0, ""
    while reel.at - at > 4.5:
        kind = str(random.choice([k for k in ("speech", "music", "noise", "silence") if k != last]))
        last = kind
        room = reel.at - at - 0.4
        if kind == "speech" and room > 8.5:
            at = reel.say(str(random.choice(["presenter", "reporter", "lecturer"])), at, min(room, 9.0))
            at += float(random.uniform(0.5, 1.2))
        elif kind == "silence":
            at += float(random.uniform(1.5, 4.0))
        else:
            seconds = float(random.uniform(3.0, min(8.0, room)))
            wave = music(seconds, 19.2) if kind == "music" else hiss(seconds, int(at * 10))
            at = reel.add_sound("music" if kind == "music" else "noise", wave, at)
