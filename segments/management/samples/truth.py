"""What was planted in a film, as the JSON file beside it tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from segments.management.samples.film import Film
from segments.management.samples.sound import Track


def truth(film: Film, track: Track) -> dict[str, Any]:
    """In seconds. `cuts` are hard cuts only, `transitions` all that takes time, `shots` cover the film.

    `texts` are the words meant to be read; figures at the axes of charts and boards round the pitch are left out.
    """
    later = film.scenes[1:]
    slow = [s for s in later if s.entry != "cut"]
    return {
        "duration": film.end,
        "cuts": [round(s.start, 3) for s in later if s.entry == "cut"],
        "transitions": [
            {"kind": s.entry, "start": round(s.start, 3), "end": round(s.start + s.seconds, 3)} for s in slow
        ],
        "fades": _fades(film),
        "shots": _shots(film),
        "texts": _texts(film),
        "speech": [[round(a, 2), round(b, 2)] for a, b in track.speech],
        **film.facts,
    }


def _fades(film: Film) -> list[dict[str, Any]]:
    fades = [{"kind": "fade_in", "start": 0.0, "end": film.fade_in}] if film.fade_in else []
    if film.fade_out:
        fades.append({"kind": "fade_out", "start": round(film.end - film.fade_out, 3), "end": film.end})
    return fades


def _shots(film: Film) -> list[dict[str, Any]]:
    """A shot begins in the middle of the transition that brings it."""
    edges = [0.0, *(s.start + s.seconds / 2 for s in film.scenes[1:]), film.end]
    return [
        {"start": round(edges[k], 3), "end": round(edges[k + 1], 3), "name": scene.name}
        for k, scene in enumerate(film.scenes)
    ]


def _texts(film: Film) -> list[dict[str, Any]]:
    found = [(part.start, text) for part in (*film.scenes, *film.overlays) for text in part.texts]
    placed = [(begin + text.start, begin + text.end, text.text) for begin, text in found]
    return [{"start": round(a, 2), "end": round(min(b, film.end), 2), "text": words} for a, b, words in sorted(placed)]


def write(film: Film, track: Track, path: Path) -> None:
    facts = {
        "name": film.name,
        "title": film.title,
        "line": film.line,
        "video": f"{film.name}.mp4",
        "definitions": film.definitions,
        "truth": truth(film, track),
    }
    path.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
