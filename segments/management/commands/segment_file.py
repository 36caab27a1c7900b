"""`manage.py segment_file FILE`: the same result as the page's, without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from segments.core.console import TEMPLATES, bar, run_body, stage_words, template_definitions
from segments.core.errors import CuepointError, InvalidRequest
from segments.core.request import parse_json
from segments.domain.local_run import segment_file
from segments.domain.progress import RunProgress


class Command(BaseCommand):
    help = "Segment one file and print the result as JSON."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--template", choices=TEMPLATES)
        source.add_argument("--definitions", type=Path, help="JSON file with a list of segment definitions")
        parser.add_argument("--subtitles", type=Path, help="SRT or WebVTT with what is said, instead of the file's own")
        parser.add_argument("--engine", default="local")
        parser.add_argument("--out", default="-", help="file for the result, - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["template"]:
                definitions: object = template_definitions(options["template"])
            else:
                definitions = parse_json(options["definitions"].read_bytes())
            body = run_body(definitions, options["engine"])
            show = _bar if sys.stderr.isatty() else _quiet
            result = segment_file(options["file"], body, show, options["subtitles"])
        except InvalidRequest as error:
            raise CommandError("\n".join(f"{p.path}: {p.message}" for p in error.problems)) from error
        except (CuepointError, OSError) as error:
            raise CommandError(str(error)) from error
        text = json.dumps(result, indent=2, ensure_ascii=False)
        if options["out"] == "-":
            self.stdout.write(text)
        else:
            Path(options["out"]).write_text(text + "\n")


def _bar(progress: RunProgress) -> None:
    sys.stderr.write(bar(progress.percent, stage_words(progress.stage)))
    sys.stderr.flush()


def _quiet(_progress: RunProgress) -> None:
    """No bar where nobody looks."""
