"""A run's result: segments, warnings and the final state in one transaction, so that nobody reads half of it."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby

from segments.core.engines.base import Answer, EngineResult
from segments.core.timeline import Span
from segments.domain import jobs
from segments.models import Segment


def commit(run: jobs.Run, result: EngineResult, *, unreadable: tuple[Span, ...]) -> None:
    """Replace whatever the job had by `result` and complete it."""
    with jobs.held(run) as job:
        job.segments.all().delete()
        Segment.objects.bulk_create(_rows(job.pk, result))
        spans = [[span.start, span.end] for span in unreadable]
        jobs.finish(job, warnings=list(result.warnings), unreadable=spans)


def commit_answer(run: jobs.Run, answer: Answer, *, unreadable: tuple[Span, ...]) -> None:
    """Complete a run that answers a prompt."""
    with jobs.held(run) as job:
        spans = [[span.start, span.end] for span in unreadable]
        jobs.finish(job, answer=answer.text, warnings=list(answer.warnings), unreadable=spans)


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
