"""Two composed programmes: a magazine with reports, adverts and an interview, and a lecture with slides."""

from __future__ import annotations

from tests.bench.quality.drawing import (
    LIBRARY,
    OFFICE,
    ROOFS,
    SHOP,
    STUDIO,
    STYLES,
    Camera,
    Look,
    flat,
    person,
    runners,
    scenery,
    slide,
    writing,
)
from tests.bench.quality.planning import Film, Reel
from tests.bench.quality.sounding import music

REPORTS: tuple[tuple[tuple[str, Look, list[str]], ...], ...] = (
    (
        (
            "Library reopens",
            LIBRARY,
            ["The library reopens after ten years", "New library reading rooms open all night"],
        ),
        ("Bees on the roofs", ROOFS, ["Bees live on forty roofs", "A jar of city honey from the bees costs $12.50"]),
    ),
    (
        (
            "Harbour ferry returns",
            OFFICE,
            ["The ferry crosses the harbour again", "Twelve ferry trips a day by harbour"],
        ),
        ("Orchard in danger", ROOFS, ["Frost hit the orchard in May", "Orchard apples now cost $3.20 a kilo"]),
    ),
)
ADVERTS = ((["FRESH COFFEE", "$4.99"], ["ONLY 3 DAYS"]), (["RUNNING SHOES", "$59.00"], ["HALF PRICE"]))
GUESTS = ("Leon Adeyemi", "Leon Markham")


def magazine(seed: int) -> Film:
    reel = Reel(f"magazine-{seed}", seed)
    _opening(reel)
    _studio(reel)
    for number, report in enumerate(REPORTS[seed % 2]):
        _report(reel, report, number)
    _adverts(reel)
    _interview(reel)
    _credits(reel)
    return reel.film()


def _opening(reel: Reel) -> None:
    start = reel.shot(scenery(STUDIO, reel.seed, Camera(0.4, 0.5, 1.0, pan=0.08)), 5.6, camera="pan", colour="blue")
    reel.write("title", ["CITY TODAY"], writing(["CITY TODAY"], 0.5, 0.45, 58, box=None, centred=True), 1.0, reel.at)
    reel.add_sound("music", music(5.4), 0.1)
    reel.note("unit", start, reel.at, role="intro")
    reel.note("topic", start, reel.at, title="CITY TODAY")


def _studio(reel: Reel) -> None:
    start = reel.shot(person(STUDIO, 3, "Clara", 0.72), 9.4, face="Clara", size="close_up", colour="blue")
    end = reel.say("presenter", start + 0.7, 8.2)
    name = ["Clara Voss", "Presenter"]
    reel.write("lower_third", name, writing(name, 0.06, 0.76, 22), start + 1.6, start + 6.0)
    reel.note("turn", start + 0.7, end, voice="presenter")
    reel.note("face", start, reel.at, who="Clara", position="center", speaking=True)
    reel.note("unit", start, reel.at, role="segment")
    reel.note("topic", start, reel.at, title="Clara Voss")


def _report(reel: Reel, report: tuple[str, Look, list[str]], number: int) -> None:
    title, look, captions = report
    start = reel.shot(scenery(look, 40 + reel.seed + number, Camera(0.5, 0.4)), 3.0, "dissolve", 0.6, camera="static")
    begin = start + 0.3
    reel.write("title", [title], writing([title], 0.5, 0.42, 44, centred=True), start + 0.8, reel.at)
    voice = "presenter" if number == 0 else "reporter"
    said = start + 3.4
    for n, seconds in enumerate((5.0, 4.4, 5.2)):
        camera = (Camera(0.3, 0.5, 1.1, pan=0.07), Camera(0.6, 0.6, 1.6), Camera(0.5, 0.4, 1.2, zooming=0.07))[n]
        moves = ("pan", "static", "zoom")[n]
        draw = scenery(look, 40 + reel.seed + number, camera)
        if n == 1:
            draw = runners(look, 40 + reel.seed + number, camera, 4, 0.1)
        at = reel.shot(draw, seconds, camera=moves)
        if n < 2:
            line = [captions[n]]
            reel.write(
                "caption", line, writing(line, 0.5, 0.9, 20, box=(0, 0, 0), centred=True), at + 0.6, reel.at - 0.4
            )
    end = reel.say(voice, said, reel.at - said)
    reel.note("turn", said, end, voice=voice)
    reel.note("unit", begin, reel.at, role="segment")
    reel.note("topic", begin, reel.at, title=title)


def _adverts(reel: Reel) -> None:
    dark = reel.shot(flat(), 1.0)
    reel.note("black", dark, reel.at)
    start = reel.at
    texts = ADVERTS[reel.seed % 2]
    for n in range(8):
        at = reel.shot(scenery(SHOP, 60 + n, Camera(0.15 + 0.1 * n, 0.5, 1.0 + 0.1 * (n % 3))), 1.6)
        if n in (1, 5):
            lines = texts[n // 4]
            reel.write("title", lines, writing(lines, 0.5, 0.5, 46, centred=True), at, reel.at)
    reel.add_sound("music", music(reel.at - start, 24.0, 0.16), start)
    reel.note("ad", start, reel.at)
    reel.note("unit", start, reel.at, role="ad_break")
    reel.note("topic", start, reel.at, title=texts[0][0])
    dark = reel.shot(flat(), 1.0)
    reel.note("black", dark, reel.at)


def _interview(reel: Reel) -> None:
    start = reel.at
    guest = GUESTS[reel.seed % 2]
    for n, (who, voice, seconds) in enumerate(
        (("Clara", "presenter", 7.0), ("Leon", "reporter", 8.0), ("Clara", "presenter", 8.6), ("Leon", "reporter", 8.0))
    ):
        x = 0.33 if who == "Clara" else 0.67
        at = reel.shot(person(STUDIO, 5 + (n % 2), who, 0.5, x), seconds, face=who, size="medium", colour="blue")
        end = reel.say(voice, at + 0.3, seconds - 0.5)
        reel.note("turn", at + 0.3, end, voice=voice)
        reel.note("face", at, reel.at, who=who, position="left" if who == "Clara" else "right", speaking=True)
        if n == 1:
            lines = [guest, "Beekeeper"]
            reel.write("lower_third", lines, writing(lines, 0.08, 0.77, 22), at + 1.2, at + 6.2)
    reel.note("unit", start, reel.at, role="interview")
    reel.note("scene", start, reel.at, where="studio")
    reel.note("topic", start, reel.at, title=guest)


def _credits(reel: Reel) -> None:
    start = reel.shot(
        scenery(STUDIO, reel.seed, Camera(0.6, 0.5)), 8.0, "dissolve", 0.8, camera="static", colour="blue"
    )
    lines = ["Written by Ada Moss", "Camera: Bo Lindt", "Thanks for watching"]
    reel.write("title", lines, writing(lines, 0.5, 0.5, 30, centred=True), start + 1.2, reel.at - 0.6)
    reel.add_sound("music", music(7.2), start + 0.4)
    reel.note("unit", start + 0.4, reel.at, role="outro")
    reel.note("topic", start + 0.4, reel.at, title="Thanks for watching")


Slides = tuple[tuple[str, tuple[str, ...]], ...]
LECTURES: tuple[tuple[tuple[str, Slides], ...], ...] = (
    (
        ("Bridges", (
            ("How bridges carry load", ("A beam bridge bends", "An arch pushes outward", "Cables pull")),
            ("Arch bridges", ("Stone arch under load", "Roman arch bridges still stand", "Load runs along the arch")),
            ("Cable bridges", ("Cables hang from towers", "Long bridges need cables", "Wind shakes the cables")),
        )),
        ("Yeast", (
            ("Yeast is alive", ("Yeast eats sugar", "Yeast makes gas", "Dough rises with yeast")),
            ("Feeding the dough", ("Flour and water feed yeast", "Warm dough rises fast", "Sugar speeds yeast")),
            ("Baking bread", ("Gas lifts the dough", "The crust of bread browns", "Yeast dies in the oven")),
        )),
        ("Tariffs", (
            ("What a tariff is", ("A tariff is a tax on imports", "Imports cost more", "The state earns the tax")),
            ("Who pays the tariff", ("Buyers pay higher prices", "Imports fall", "Trade partners tax exports")),
            ("Trade wars", ("One tariff answers another", "Exports and imports shrink", "Trade prices rise")),
        )),
    ),
    (
        ("Volcanoes", (
            ("Inside a volcano", ("Magma rises in the volcano", "Gas drives the eruption", "Lava cools to rock")),
            ("Kinds of eruption", ("Thin lava flows far", "Thick magma explodes", "Ash falls after an eruption")),
            ("Living near a volcano", ("Ash feeds the soil", "Lava paths are mapped", "Magma is listened to")),
        )),
        ("Violins", (
            ("Strings and bow", ("The bow drags the strings", "Rosin makes the bow grip", "Four strings in fifths")),
            ("The body of a violin", ("Spruce top, maple back", "The violin bridge moves", "Wood makes the tone")),
            ("Tuning a violin", ("Pegs turn the strings", "Tune strings by fifths", "A warm violin goes flat")),
        )),
        ("Vaccines", (
            ("How a vaccine works", ("It shows a virus to the body", "Antibodies grow", "The body remembers")),
            ("Kinds of vaccine", ("Weakened virus", "Parts of the virus", "A message for antibodies")),
            ("Doses of vaccine", ("A second dose helps antibodies", "Boosters renew them", "Virus strains change")),
        )),
    ),
)  # fmt: skip


def lecture(seed: int) -> Film:
    reel = Reel(f"lecture-{seed}", seed)
    topics = LECTURES[seed % 2]
    name = " and ".join(topic for topic, _ in topics[:2])
    start = reel.shot(slide(f"Today: {name}", ("Open lecture", "Prof. Emil Sand"), STYLES[1]), 6.0, colour="black")
    _slide_facts(reel, start, f"Today: {name}", ("Open lecture", "Prof. Emil Sand"), talk=False)
    reel.note("topic", start, reel.at, title=f"Today: {name}")
    number = 0
    for topic, slides in topics:
        begin = reel.at
        for title, bullets in slides:
            number += 1
            built = number % 3 == 2
            appear = (0.0, 2.4, 4.6) if built else ()
            seconds = 9.6 if number % 2 else 12.4
            silent = number in (4, 8)
            start = reel.shot(slide(title, bullets, STYLES[number % 2], appear), seconds, built=built)
            _slide_facts(reel, start, title, bullets, talk=not silent, appear=appear)
        reel.note("topic", begin, reel.at, title=topic)
    start = reel.shot(slide("Questions?", ("Write to emil.sand@example.org",), STYLES[1]), 6.4)
    _slide_facts(reel, start, "Questions?", ("Write to emil.sand@example.org",), talk=False)
    reel.note("topic", start, reel.at, title="Questions?")
    return reel.film()


def _slide_facts(
    reel: Reel, start: float, title: str, bullets: tuple[str, ...], talk: bool, appear: tuple[float, ...] = ()
) -> None:
    reel.note("text", start, reel.at, text=title, role="title")
    for n, bullet in enumerate(bullets):
        reel.note("text", start + (appear[n] if appear else 0.0), reel.at, text=bullet, role="slide")
    reel.note(
        "slide", start, reel.at, title=title, text="\n".join([title, *bullets]), bullets=len(bullets), speech=talk
    )
    if talk:
        room = reel.at - start - 1.0
        end = reel.say("lecturer", start + 0.6, room)
        reel.note("turn", start + 0.6, end, voice="lecturer")
