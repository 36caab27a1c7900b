"""`manage.py render_samples`: draw, sound and encode the sample films anew."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

NAMES = ("news-opener", "lecture", "match", "product")


class Command(BaseCommand):
    help = "Render the sample films of static/samples: MP4 files, each with a JSON file that tells what is in it."
    requires_system_checks: list[str] = []  # no server, no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"Any of {', '.join(NAMES)}; all if left out.")
        parser.add_argument("--out", type=Path, default=Path(settings.BASE_DIR) / "static" / "samples", metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = [name for name in options["names"] if name not in NAMES]
        if unknown:
            raise CommandError(f"There is no sample {unknown[0]}. Choose from {', '.join(NAMES)}.")
        _require_tools()
        options["out"].mkdir(parents=True, exist_ok=True)
        for name in options["names"] or NAMES:
            self._render(name, options["out"])

    def _render(self, name: str, folder: Path) -> None:
        from segments.management.samples import encode, films, truth

        began = time.monotonic()
        film = films.film(name)
        track = film.sound()
        path = folder / f"{name}.mp4"
        encode.encode(film, track, path)
        truth.write(film, track, path.with_suffix(".json"))
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path.name}: {film.end:.0f} s, {size:.1f} MB, made in {time.monotonic() - began:.0f} s")


def _require_tools() -> None:
    """Say what to install before minutes of drawing, not after."""
    try:
        from segments.management.samples import fonts, speech
    except ImportError as error:
        raise CommandError(f"{error}. Install the optional group: pip install '.[samples]'.") from error
    try:
        fonts.require_fonts()
        speech.require_speech()
    except (fonts.FontsMissing, speech.SpeechMissing) as error:
        raise CommandError(str(error)) from error
