"""One file on the disk, segmented here and now: the same engines and evidence as a run, without rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from segments.core.errors import MediaUnreadable
from segments.core.evidence import words
from segments.core.evidence.collect import Collector, assemble, plan_windows
from segments.core.evidence.subtitle_files import parse
from segments.core.media.probe import probe
from segments.core.progress import Progress
from segments.core.request import parse_run, result_json
from segments.domain import engine_config, reference_images, speech
from segments.domain.progress import RunProgress


def segment_file(
    path: Path, body: Mapping[str, object], show: Callable[[RunProgress], None], subtitles: Path | None = None
) -> dict[str, Any]:
    """`{"result": …, "warnings": […]}` for a run request. `show` hears of the progress as often as there is any.

    `subtitles` is an SRT or WebVTT file to read instead of the video's own track.

    Raises InvalidRequest, MediaError or EngineUnavailable.
    """
    if not path.is_file():
        raise MediaUnreadable(f"There is no file {path}.")
    path = path.resolve()
    facts = probe(path, filename=path.name, limits=settings.LIMITS)
    request = parse_run(body, duration=facts.duration_seconds)
    engine = engine_config.engine(request.engine)
    added = {"words": [words.payload(parse(subtitles.read_bytes()))]} if subtitles else {}
    modules, window = engine.needs(request) - added.keys(), request.window(facts.duration_seconds)
    progress = RunProgress([*sorted(modules), "resolving"], window.length)

    def report(news: Progress) -> None:
        progress.advance(news)
        show(progress)

    payloads: dict[str, list[bytes]] = {module: [] for module in modules}
    with Collector(path, facts, settings.LIMITS, workers=settings.DECODERS, speech=speech.speech()) as collector:
        for part in plan_windows(facts, window) if modules else []:
            progress.enter(part)
            for module, payload in collector.collect(part, modules, report).items():
                payloads[module].append(payload)
            progress.leave(part, sorted(modules))
    progress.enter(window)
    evidence = assemble(facts, window, {**payloads, **added})
    evidence = reference_images.with_references(request, evidence, path, reference_images.content, report)
    result = engine.segment(request, evidence, report)
    return {"result": result_json(request, result.segments), "warnings": list(result.warnings)}
