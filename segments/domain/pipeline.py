"""Run one claimed job: core on one side, rows on the other. Its top is the only place that catches everything."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from segments.core.errors import CuepointError, StorageFull, UrlUnreachable
from segments.core.evidence import seen
from segments.core.evidence.collect import SEEN, Collector, assemble, plan_windows
from segments.core.evidence.model import Evidence
from segments.core.evidence.words import is_lasting
from segments.core.general import parse_general
from segments.core.modules import registry
from segments.core.progress import Cancelled, Progress
from segments.core.request import parse_run
from segments.core.timeline import Span
from segments.domain import (
    engine_config,
    evidence_store,
    fetching,
    jobs,
    module_runs,
    preparation,
    reference_images,
    results,
    speech,
    storage,
    subtitles,
    videos,
)
from segments.domain.progress import RunProgress
from segments.domain.run_report import RunReport
from segments.models import Job
from segments.models.job import JobKind

log = logging.getLogger(__name__)
#: Which stages of `progress.STAGES` an evidence module goes through.
MODULE_STAGES = {"pictures": "pictures", "faces": "faces", "text": "text", "sound": "sound", "words": "words"}


def run_job(uid: str | UUID) -> None:
    """Claim this id and work it off, or return when there is nothing to do. Never raises for a job's own failure."""
    run = jobs.claim(uid)
    if run is None:
        return
    job = Job.objects.select_related("video").get(pk=run.pk)
    try:
        WORK[JobKind(job.kind)](run, job)
    except jobs.LeaseLost:
        log.warning("lost the lease of %s, leaving it to its new owner", uid)
    except Cancelled:
        _stopped(run)
    except (OperationalError, InterfaceError, OSError, UrlUnreachable) as error:
        _passing(run, error)
    except CuepointError as error:
        _failed(run, error.code, error.message)
    except Exception:
        log.exception("job %s broke", uid)
        _failed(run, "internal", "")


def segment(run: jobs.Run, job: Job) -> None:
    """Evidence for every window, from the store or by looking; then the engine; then one commit."""
    facts = videos.facts_of(job.video)
    request = parse_run(job.request, duration=facts.duration_seconds)
    engine = engine_config.engine(request.engine)

    def resolve(evidence: Evidence, report: RunReport) -> None:
        load, path = reference_images.kept_with(job), storage.source(job.video)
        evidence = reference_images.with_references(request, evidence, path, load, report)
        result = engine.segment(request, evidence, report)
        report(Progress("resolving", 1.0, 1.0))
        results.commit(run, result, unreadable=evidence.unreadable)

    _analyse(run, job, request.window(facts.duration_seconds), engine.needs(request), resolve)


def text(run: jobs.Run, job: Job) -> None:
    """An answer to a prompt, from the same evidence."""
    facts = videos.facts_of(job.video)
    request = parse_general(job.request, duration=facts.duration_seconds)
    answerer = engine_config.answerer()

    def resolve(evidence: Evidence, report: RunReport) -> None:
        answer = answerer.answer(request, evidence, report)
        report(Progress("resolving", 1.0, 1.0))
        results.commit_answer(run, answer, unreadable=evidence.unreadable)

    _analyse(run, job, request.window(facts.duration_seconds), answerer.needs(request), resolve)


def modules(run: jobs.Run, job: Job) -> None:
    """The chosen modules over the whole video: looked through once for all, then one commit per module."""
    chosen = [registry.load(name) for name in registry.with_dependencies(job.request["modules"])]
    module_runs.begin(run)

    def resolve(evidence: Evidence, report: RunReport) -> None:
        module_runs.work(run, chosen, evidence, report)

    needed = frozenset[str]().union(*(module.needs() for module in chosen))
    _analyse(run, job, videos.facts_of(job.video).whole, needed, resolve)


def _analyse(
    run: jobs.Run,
    job: Job,
    window: Span,
    modules: frozenset[str],
    resolve: Callable[[Evidence, RunReport], None],
) -> None:
    facts = videos.facts_of(job.video)
    jobs.set_deadline(run, 900 + 20 * window.length)
    kept = evidence_store.load(job.video, SEEN, window) if "pictures" in modules else None
    modules -= {"pictures"} if kept else set()
    stages = [stage for module, stage in MODULE_STAGES.items() if module in modules]
    progress = RunProgress([*stages, "resolving"], window.length)
    with RunReport(run, progress) as report:
        payloads = _gather(job, window, modules, report)
        progress.enter(window)
        report(Progress("resolving", 0.0, 1.0))
        if kept is None and "pictures" in modules:
            kept = seen.decide(payloads["pictures"], facts, window).packed()
            evidence_store.save(run, job.video, window, {SEEN: kept})
        evidence = assemble(facts, window, {**payloads, SEEN: [kept]} if kept else payloads)
        resolve(evidence, report)


def _gather(job: Job, window: Span, modules: frozenset[str], report: RunReport) -> dict[str, list[bytes]]:
    """Payloads per module in window order; windows that were looked at before come from the store."""
    facts = videos.facts_of(job.video)
    payloads: dict[str, list[bytes]] = {module: [] for module in modules}
    added = subtitles.payload(job.video) if "words" in modules else None
    if added is not None:
        payloads["words"] = [added]
        modules -= {"words"}
    with Collector(
        storage.source(job.video), facts, settings.LIMITS, settings.DECODERS, speech=speech.speech()
    ) as collector:
        for part in plan_windows(facts, window) if modules else []:
            shown = Span(max(part.start, window.start), min(part.end, window.end))  # a cell may reach further
            report.progress.enter(shown)
            stored = {module: evidence_store.load(job.video, module, part) for module in modules}
            missing = frozenset(module for module, payload in stored.items() if payload is None)
            fresh = collector.collect(part, missing, report) if missing else {}
            if fresh:
                lasting = {name: made for name, made in fresh.items() if name != "words" or is_lasting(made)}
                evidence_store.save(report.run, job.video, part, lasting)
            for module in modules:
                payloads[module].append(fresh[module] if module in fresh else stored[module] or b"")
            report.progress.leave(shown, [MODULE_STAGES[module] for module in modules if module in MODULE_STAGES])
            report.write()
    return payloads


def _stopped(run: jobs.Run) -> None:
    """The run ended because it was asked to: cancelled, given back, or out of time."""
    try:
        with jobs.held(run) as job:
            if job.cancel_requested_at:
                jobs.confirm_cancel(job)
            elif job.deadline_at and job.deadline_at < timezone.now():
                jobs.fail(job, "deadline", "")
                preparation.settle_failure(job, "deadline", "")
            else:
                jobs.release(job)
    except jobs.LeaseLost:
        log.warning("job %s was taken over while it stopped", run.uid)


def _passing(run: jobs.Run, error: Exception) -> None:
    """Disk, database or network faults: tried again by themselves, unless the disk is simply full."""
    log.warning("job %s met a passing fault: %r", run.uid, error)
    code, words = "internal", ""
    if isinstance(error, CuepointError):
        code, words = error.code, error.message
    elif isinstance(error, OSError) and error.errno in storage.FULL:
        code = StorageFull.code
    try:
        with jobs.held(run) as job:
            jobs.release_for_retry(job, code, words)
            preparation.settle_failure(job, code, words)
    except jobs.LeaseLost:
        log.warning("job %s was taken over after a fault", run.uid)


def _failed(run: jobs.Run, code: str, message: str) -> None:
    try:
        with jobs.held(run) as job:
            jobs.fail(job, code, message)
            preparation.settle_failure(job, code, message)
    except jobs.LeaseLost:
        log.warning("job %s was taken over before its failure was stored", run.uid)


WORK: dict[JobKind, Callable[[jobs.Run, Job], None]] = {
    JobKind.FETCH: fetching.fetch,
    JobKind.PREPARE: preparation.prepare,
    JobKind.RENDITION: preparation.convert,
    JobKind.SEGMENT: segment,
    JobKind.MODULES: modules,
    JobKind.TEXT: text,
}
