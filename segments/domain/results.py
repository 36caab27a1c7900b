"""A run's result: segments, warnings and the final state in one transaction, so that nobody reads half of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from segments.core.engines.base import EngineResult
from segments.core.modules.base import ModuleSegment
from segments.core.timeline import Span
from segments.domain import jobs, storage
from segments.models import Segment
from segments.models.job import JobKind


def commit(run: jobs.Run, result: EngineResult, *, unreadable: tuple[Span, ...]) -> None:
    """Replace whatever the job had by `result` and complete it."""
    with jobs.held(run) as job:
        job.segments.all().delete()
        Segment.objects.bulk_create(_rows(job.pk, result))
        spans = [[span.start, span.end] for span in unreadable]
        jobs.finish(job, warnings=list(result.warnings), unreadable=spans)


def commit_modules(
    run: jobs.Run, found: Mapping[str, Sequence[ModuleSegment]], *, unreadable: tuple[Span, ...]
) -> None:
    """Complete a run of modules; what earlier runs found with the same modules goes in the same moment."""
    with jobs.held(run) as job:
        Segment.objects.filter(job__video_id=job.video_id, job__kind=JobKind.MODULES, module__in=found).delete()
        rows = [_module_row(job.pk, name, n, each) for name, all_ in found.items() for n, each in enumerate(all_)]
        Segment.objects.bulk_create(rows)
        jobs.finish(job, unreadable=[[span.start, span.end] for span in unreadable])
    storage.discard_stills(job.video)


def _module_row(job_pk: int, module: str, ordinal: int, segment: ModuleSegment) -> Segment:
    return Segment(
        job_id=job_pk,
        module=module,
        ordinal=ordinal,
        start_time=segment.start,
        end_time=segment.end,
        content=segment.content,
        metadata=segment.metadata,
        tags=list(segment.tags),
        visible_text=segment.visible_text,
        confidence=segment.confidence,
    )


def _rows(job_pk: int, result: EngineResult) -> list[Segment]:
    rows = []
    for definition_id, found in groupby(result.segments, key=lambda segment: segment.definition_id):
        for ordinal, segment in enumerate(found):
            values = asdict(segment)
            rows.append(
                Segment(
                    job_id=job_pk,
                    definition_id=definition_id,
                    ordinal=ordinal,
                    start_time=segment.start,
                    end_time=segment.end,
                    metadata=values["fields"],
                    confidence=segment.confidence,
                    reasons=values["reasons"],
                )
            )
    return rows
