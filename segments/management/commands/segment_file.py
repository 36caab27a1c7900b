"""`manage.py segment_file FILE`: the same result as the page's, without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from segments.core.errors import CuepointError, InvalidRequest
from segments.core.evidence.collect import Collector, assemble, plan_windows
from segments.core.media.probe import probe
from segments.core.presets import PRESETS
from segments.core.progress import STAGES, Progress
from segments.core.request import RunRequest, parse_json, parse_run, result_json
from segments.domain import engine_config
from segments.domain.progress import RunProgress


class Command(BaseCommand):
    help = "Segment one file and print the result as JSON."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--template", choices=[preset.name for preset in PRESETS if preset.name != "write-my-own"])
        source.add_argument("--definitions", type=Path, help="JSON file with a list of segment definitions")
        parser.add_argument("--engine", default="local")
        parser.add_argument("--out", default="-", help="file for the result, - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = _segment(options["file"], _body(options), _bar if sys.stderr.isatty() else _quiet)
        except InvalidRequest as error:
            raise CommandError("\n".join(f"{p.path}: {p.message}" for p in error.problems)) from error
        except (CuepointError, OSError) as error:
            raise CommandError(str(error)) from error
        text = json.dumps(result, indent=2, ensure_ascii=False)
        if options["out"] == "-":
            self.stdout.write(text)
        else:
            Path(options["out"]).write_text(text + "\n")


def _body(options: dict[str, Any]) -> dict[str, object]:
    if options["template"]:
        definitions: object = next(p.definitions for p in PRESETS if p.name == options["template"])
    else:
        definitions = parse_json(options["definitions"].read_bytes())
    wire = {"type": "segment_definitions", "segment_definitions": definitions}
    return {"response_format": wire, "engine": options["engine"]}


def _segment(path: Path, body: dict[str, object], show: Any) -> dict[str, Any]:
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    path = path.resolve()
    facts = probe(path, filename=path.name, limits=settings.LIMITS)
    request: RunRequest = parse_run(body, duration=facts.duration_seconds)
    engine = engine_config.engine(request.engine)
    modules, window = engine.needs(request), request.window(facts.duration_seconds)
    progress = RunProgress([*sorted(modules), "resolving"], window.length)

    def report(news: Progress) -> None:
        progress.advance(news)
        show(progress)

    payloads: dict[str, list[bytes]] = {module: [] for module in modules}
    with Collector(path, facts, settings.LIMITS, workers=settings.DECODERS) as collector:
        for part in plan_windows(facts, window) if modules else []:
            progress.enter(part)
            for module, payload in collector.collect(part, modules, report).items():
                payloads[module].append(payload)
            progress.leave(part, sorted(modules))
    progress.enter(window)
    evidence = assemble(facts, window, payloads)
    result = engine.segment(request, evidence, report)
    return {
        "result": result_json(request, result.segments),
        "warnings": list(result.warnings),
    }


def _bar(progress: RunProgress) -> None:
    filled = int(progress.percent / 2.5)
    words = STAGES.get(progress.stage, (progress.stage, ""))[0]
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {progress.percent:3.0f} % {words:<28}")
    sys.stderr.flush()


def _quiet(_progress: RunProgress) -> None:
    """No bar where nobody looks."""
