"""A finished run as files, and which of them there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from segments.core.errors import InvalidState, NotFound
from segments.core.exports import FORMATS, only
from segments.core.request import RunRequest, parse_run
from segments.core.timeline import Segment
from segments.domain.queries.results import stored_segments
from segments.models import Job
from segments.models.job import JobStatus


@dataclass(frozen=True, slots=True)
class ExportFile:
    name: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """`problem` says why there is no such file, "" when there is."""

    name: str
    title: str
    problem: str


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One line of the menu: all definitions (id "") or one, with its segments counted."""

    definition: str
    count: int
    choices: list[ExportChoice]


def export_rows(job: Job) -> list[ExportRow]:
    request, segments = _finished(job)
    alone = [only(request, each.id) for each in request.definitions]
    if len(alone) == 1:
        return [_row("", request, segments)]
    return [_row("", request, segments), *(_row(each.definitions[0].id, each, segments) for each in alone)]


def export_file(job: Job, name: str, definition_id: str = "") -> ExportFile:
    """Raises NotFound for a format or definition that is not there, InvalidState with the reason for no file."""
    if name not in FORMATS:
        raise NotFound(f"There is no export called {name[:64]!r}. There are {', '.join(FORMATS)}.")
    request, segments = _finished(job)
    if definition_id:
        try:
            request = only(request, definition_id)
        except KeyError:
            raise NotFound(f"This run has no definition {definition_id[:64]!r}.") from None
    chosen = FORMATS[name]
    problem = chosen.problem(request, segments)
    if problem:
        raise InvalidState(problem)
    stem = f"{PurePath(job.video.name).stem} {definition_id or job.title}".replace("/", "-")[:120]
    return ExportFile(f"{stem}.{chosen.extension}", chosen.media_type, chosen.write(request, segments))


def _finished(job: Job) -> tuple[RunRequest, list[Segment]]:
    if job.status != JobStatus.COMPLETED:
        raise InvalidState("There is nothing to export: this run has no result.")
    return parse_run(job.request, duration=None), stored_segments(job)


def _row(definition: str, request: RunRequest, segments: list[Segment]) -> ExportRow:
    ids = {each.id for each in request.definitions}
    choices = [ExportChoice(each.name, each.title, each.problem(request, segments)) for each in FORMATS.values()]
    return ExportRow(definition, sum(segment.definition_id in ids for segment in segments), choices)
