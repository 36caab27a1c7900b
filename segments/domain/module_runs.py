"""Runs of modules: what each found can be read once it is done; a run that does not complete leaves nothing behind."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from segments.core.errors import CuepointError, InvalidState
from segments.core.evidence.model import Evidence
from segments.core.modules.base import Earlier, Module, ModuleSegment, Skipped
from segments.core.progress import Cancelled, Progress, Report
from segments.domain import events, jobs, storage
from segments.models import Job, Segment, Video
from segments.models.job import TERMINAL, JobKind, ModuleState

log = logging.getLogger(__name__)
#: Not a module's own failure: they end or repeat the whole run.
_OF_THE_RUN = (Cancelled, jobs.LeaseLost, OperationalError, InterfaceError, OSError)
FAILED = "modules_failed"


def begin(run: jobs.Run) -> None:
    """All that were asked for begin together, as the film is looked through once for all of them."""
    with jobs.held(run) as job:
        job.modules = {}
        for name in job.request["modules"]:
            _mark(job, name, ModuleState.RUNNING)


def work(run: jobs.Run, chosen: Sequence[Module], evidence: Evidence, report: Report) -> None:
    """Ask one module after the other, store what was asked for, and complete the run.

    `chosen` holds what those asked for build on too, in the order in which they run. A module that fails takes along
    only those that build on it; the run fails when none is left.
    """
    found: dict[str, list[ModuleSegment]] = {}
    failed: dict[str, str] = {}
    skipped: dict[str, str] = {}
    for done, module in enumerate(chosen):
        report(Progress("resolving", done, len(chosen)))
        try:
            found[module.name] = _ask(module, evidence, found, report)
            store(run, module.name, found[module.name])
        except Skipped as why:
            skipped[module.name] = str(why)
            _end(run, module.name, ModuleState.SKIPPED)
        except _ModuleFailed as error:
            failed[module.name] = str(error)
            _end(run, module.name, ModuleState.FAILED)
    report(Progress("resolving", 1.0, 1.0))
    spans = [[span.start, span.end] for span in evidence.unreadable]
    complete(run, failed=failed, warnings=list(skipped.values()), unreadable=spans)


class _ModuleFailed(Exception):
    """The text says why, for people."""


def _ask(module: Module, evidence: Evidence, earlier: Earlier, report: Report) -> list[ModuleSegment]:
    missing = [name for name in module.depends_on if name not in earlier]
    if missing:
        raise _ModuleFailed(f"It builds on {', '.join(missing)}, which could not be finished.")
    try:
        return module.find(evidence, earlier, report)
    except (Skipped, *_OF_THE_RUN):
        raise
    except CuepointError as error:
        raise _ModuleFailed(error.message) from error
    except Exception as error:
        log.exception("module %s broke", module.name)
        raise _ModuleFailed("Something broke on our side.") from error


def store(run: jobs.Run, name: str, found: Sequence[ModuleSegment]) -> None:
    """What one module found, to be read from now on; nothing for one that others needed but nobody asked for."""
    with jobs.held(run) as job:
        if name not in job.modules:
            return
        numbers = {(row.module, row.ordinal): row.pk for row in job.segments.only("pk", "module", "ordinal")}
        Segment.objects.bulk_create(_row(job.pk, name, n, each, numbers) for n, each in enumerate(found))
        _mark(job, name, ModuleState.COMPLETED, len(found))


def complete(
    run: jobs.Run,
    *,
    failed: dict[str, str] | None = None,
    warnings: Sequence[str] = (),
    unreadable: Sequence[Sequence[float]] = (),
) -> None:
    """The run is over: what earlier runs found with the modules that went through goes in the same moment.

    `failed` tells why modules failed; `error` of a completed run names them.
    """
    with jobs.held(run) as job:
        done = [name for name, state in job.modules.items() if state != ModuleState.FAILED]
        reasons = " ".join(f"{name}: {why}" for name, why in (failed or {}).items() if name in job.modules)
        if not done:
            jobs.fail(job, FAILED, reasons)
            return
        older = Segment.objects.filter(job__video_id=job.video_id, job__kind=JobKind.MODULES, module__in=done)
        older.exclude(job_id=job.pk).delete()
        told = {"error_code": FAILED, "error_message": reasons} if reasons else {}
        jobs.finish(job, warnings=list(warnings), unreadable=list(unreadable), **told)
    storage.discard_stills(job.video)


def clear(video: Video, modules: Sequence[str] | None = None) -> None:
    """Remove what modules found in a video, and the pictures of it. Its file and its segmentations stay.

    None means all of them. A finished run of which nothing is left counts as not done from then on. Raises InvalidState
    while one waits or works.
    """
    with transaction.atomic():
        row = Video.objects.select_for_update().get(pk=video.pk)
        if jobs.open_modules_job(row) is not None:
            raise InvalidState("An analysis of this video is waiting or running. Wait for it, or cancel it.")
        for job in row.jobs.filter(kind=JobKind.MODULES, status__in=TERMINAL, cleared_at=None):
            _clear_run(job, modules)
    storage.discard_stills(video)


def _clear_run(job: Job, modules: Sequence[str] | None) -> None:
    kept = {name: state for name, state in job.modules.items() if modules is not None and name not in modules}
    (job.segments.all() if modules is None else job.segments.filter(module__in=modules)).delete()
    Job.objects.filter(pk=job.pk).update(modules=kept, cleared_at=None if kept else timezone.now())


def discard(video: Video, modules: Sequence[str]) -> None:
    """Remove what these modules found in earlier runs, before they are started anew."""
    Segment.objects.filter(job__video=video, job__kind=JobKind.MODULES, module__in=modules).delete()


def _end(run: jobs.Run, name: str, state: ModuleState) -> None:
    with jobs.held(run) as job:
        if name in job.modules:
            _mark(job, name, state)


def _mark(job: Job, name: str, state: ModuleState, count: int = 0) -> None:
    """The caller holds the row."""
    job.modules = {**job.modules, name: state.value}
    Job.objects.filter(pk=job.pk).update(modules=job.modules)
    events.append(job, "module", {"module": name, "state": state.value, "total_segments": count})


def _row(
    job_pk: int, module: str, ordinal: int, segment: ModuleSegment, numbers: dict[tuple[str, int], int]
) -> Segment:
    metadata = dict(segment.metadata)
    if segment.rests_on:  # only what was stored has an id
        metadata["evidence"] = [str(numbers[each]) for each in segment.rests_on if each in numbers]
    return Segment(
        job_id=job_pk,
        module=module,
        ordinal=ordinal,
        start_time=segment.start,
        end_time=segment.end,
        content=segment.content,
        metadata=metadata,
        tags=list(segment.tags),
        visible_text=segment.visible_text,
        confidence=segment.confidence,
    )
