"""The eight templates, and three definitions full of fields, with the truth about every segment and every value."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.presets import preset
from tests.bench.quality.asking import Checked, Expected, Truth, Written, kind, text_with
from tests.bench.quality.planning import Fact, Film

#: An answer that nothing measured can know: every value is wrong.
UNKNOWN: Expected = lambda _film, _fact: None  # noqa: E731


class Words(frozenset[str]):
    """Expected of key words: each of the found ones must be among these."""


def value(name: str) -> Expected:
    return lambda _film, fact: fact.get(name) or None


def share(film: Film, fact: Fact, name: str, **values: object) -> float:
    """How much of the fact's time facts of another kind cover (they never overlap among themselves)."""
    parts = (min(f.end, fact.end) - max(f.start, fact.start) for f in film.of(name, **values))
    return sum(part for part in parts if part > 0) / (fact.end - fact.start)


def mostly(name: str, **values: object) -> Expected:
    """True where it covers most of the time, False where it is not there, and left open in between."""

    def expected(film: Film, fact: Fact) -> object:
        part = share(film, fact, name, **values)
        return True if part >= 0.6 else False if part <= 0.02 else None

    return expected


def _topic_words(film: Film, fact: Fact) -> object:
    shown = [f for f in film.of("text") if fact.start - 0.1 <= (f.start + f.end) / 2 < fact.end]
    return Words(word.strip(".,:?!$").lower() for f in shown for word in str(f.get("text")).split())


class OneOf(tuple[str, ...]):
    """Expected of a title: the planted name of the subject, or the heading that opens it."""


def _topic_title(film: Film, fact: Fact) -> object:
    heads = [
        str(f.get("text")).splitlines()[0] for f in film.of("text") if fact.start - 0.1 <= f.start <= fact.start + 3
    ]
    return OneOf([str(fact.get("title")), *heads[:1]])


def _person(film: Film, fact: Fact) -> object:
    """The name on the lower third that stands in this stretch."""
    for text in film.of("text", role="lower_third"):
        if fact.start - 0.1 <= text.start and text.end <= fact.end + 0.1:
            return str(text.get("text")).splitlines()[0]
    return None


def _seconds(_film: Film, fact: Fact) -> object:
    return round(fact.end - fact.start, 3)


def _score(_film: Film, fact: Fact) -> object:
    words = str(fact.get("text")).split()
    return " ".join(words[1:4])


def _price(_film: Film, fact: Fact) -> object:
    return next(float(word.strip("$")) for word in str(fact.get("text")).split() if "$" in word)


def _brightness(_film: Film, fact: Fact) -> object:
    return fact.get("light") or None


def _face(film: Film, fact: Fact) -> object:
    return True if fact.get("face") else None if film.name.startswith("match") else False


def _cut_inside(_film: Film, fact: Fact) -> object:
    return 0 if fact.get("entry") else None


def _bullets(_film: Film, fact: Fact) -> object:
    return str(fact.get("text")).splitlines()


def _template(name: str, films: str, truth: Truth, expected: Sequence[tuple[Expected, float]]) -> Written:
    wire = preset(name).definitions[0]
    fields = tuple(Checked(spec, answer, near) for spec, (answer, near) in zip(wire["fields"], expected, strict=True))
    return Written(str(wire["id"]), str(wire["description"]), tuple(films.split()), truth, fields)


def _asked(
    name: str, type: str, expected: Expected, description: str = "", near: float = 0.0, **more: object
) -> Checked:
    wire = {"name": name, "type": type, "description": description or name.replace("_", " "), **more}
    return Checked(wire, expected, near)


TEMPLATES: tuple[Written, ...] = (
    _template(
        "shot-detection",
        "magazine match story mixture",
        kind("shot"),
        [(value("size"), 0), (value("camera"), 0), (lambda *_: Ellipsis, 0)],
    ),
    _template("topic-changes", "magazine lecture", kind("topic"), [(_topic_title, 0), (_topic_words, 0)]),
    _template(
        "sports-highlights", "match", kind("highlight"), [(UNKNOWN, 0), (value("peak"), 2.0), (value("score"), 0)]
    ),
    _template("speaker-diarization", "magazine story", kind("turn"), [(value("voice"), 0), (UNKNOWN, 0)]),
    _template("ocr", "magazine story", kind("text"), [(value("text"), 0), (value("role"), 0)]),
    _template("editorial-segment", "magazine", kind("unit"), [(value("role"), 0), (lambda *_: Ellipsis, 0)]),
    _template(
        "person-of-focus",
        "magazine story",
        kind("face"),
        [(_person, 0), (UNKNOWN, 0), (value("position"), 0), (lambda _m, f: f.get("speaking"), 0)],
    ),
)

#: Fields of every type on stretches that are found easily.
FIELDS: tuple[Written, ...] = (
    Written(
        "shots_measured",
        "Every shot of the film.",
        ("story", "magazine", "mixture"),
        kind("shot"),
        (
            _asked("length_in_seconds", "number", _seconds, near=0.3),
            _asked("cuts", "integer", _cut_inside, "Number of cuts inside"),
            _asked("main_colour", "string", value("colour"), enum=["red", "green", "blue", "black", "white", "brown"]),
            _asked("lighting", "string", _brightness, enum=["dark", "normal", "bright"]),
            _asked("has_face", "boolean", _face, "True if a face is visible"),
            _asked("black_and_white", "boolean", lambda _m, f: True if f.get("grey") else None),
            _asked("music", "boolean", mostly("sound", kind="music"), "True if music plays"),
            _asked("speech", "boolean", mostly("sound", kind="speech"), "True if somebody speaks"),
            _asked("text_on_screen", "boolean", mostly("text"), "True if text can be read"),
            _asked(
                "begins_with", "string", value("entry"), "Kind of transition", enum=["cut", "dissolve", "fade", "wipe"]
            ),
            _asked("mood", "string", UNKNOWN, "Mood of the picture"),
            _asked("weather", "string", UNKNOWN, "What the weather is like"),
        ),
    ),
    Written(
        "slides_measured",
        "Each slide of the presentation.",
        ("lecture",),
        kind("slide"),
        (
            _asked("title", "string", value("title"), "Heading of the slide"),
            _asked("text", "string", value("text"), "The full text as written"),
            _asked("bullets", "array", _bullets, "All lines of text", items={"type": "string"}),
            _asked("line_count", "integer", lambda _m, f: int(str(f.get("bullets"))) + 1, "Number of lines of text"),
            _asked("is_explained", "boolean", lambda _m, f: f.get("speech"), "True if somebody speaks"),
            _asked("title_at", "timestamp", lambda _m, f: f.start, "When the title appears", 0.5, format="seconds"),
        ),
    ),
    Written(
        "score_states_measured",
        "A stretch with the same score on the scoreboard.",
        ("match",),
        kind("text", role="scoreboard"),
        (_asked("score", "string", _score, "The score, for example 2 - 1"),),
    ),
    Written(
        "prices_measured",
        "A price is written on screen.",
        ("magazine",),
        text_with("$"),
        (_asked("price", "number", _price, "The price in dollars"),),
    ),
)
