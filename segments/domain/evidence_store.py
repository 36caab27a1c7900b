"""Evidence of one video, kept per module and window: a resumed run skips what exists, a rerun pays nothing."""

from __future__ import annotations

import hashlib

from segments.core.evidence import words
from segments.core.evidence.collect import SEEN, VERSIONS, assemble, plan_windows
from segments.core.evidence.model import Evidence, Word
from segments.core.timeline import Span
from segments.domain import jobs, speech, storage, subtitles, videos
from segments.models import Evidence as EvidenceRow
from segments.models import Video


def load(video: Video, module: str, window: Span) -> bytes | None:
    """The stored payload of this module's current version, or None."""
    row = EvidenceRow.objects.filter(
        video=video, module=speech.kept_name(module), version=VERSIONS[module], start=window.start, end=window.end
    ).first()
    if row is None:
        return None
    path = storage.evidence_folder(video) / row.file_name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        row.delete()  # the file was removed by hand: look again rather than fail for ever
        return None


def save(run: jobs.Run, video: Video, window: Span, payloads: dict[str, bytes]) -> None:
    """Files first, under content-derived names; then the rows, in one transaction of the run that owns the job."""
    names = {}
    for module, payload in payloads.items():
        digest = hashlib.sha256(payload).hexdigest()[:16]
        names[module] = f"{module}-{VERSIONS[module]}-{window.start:.0f}-{digest}"
        storage.write_durably(storage.evidence_folder(video) / names[module], payload)
    with jobs.held(run):
        for module, name in names.items():
            EvidenceRow.objects.update_or_create(
                video=video,
                module=speech.kept_name(module),
                version=VERSIONS[module],
                start=window.start,
                end=window.end,
                defaults={"file_name": name},
            )


def kept(video: Video) -> Evidence:
    """What is stored of the whole video, put together; modules of which a window is missing stay None."""
    facts = videos.facts_of(video)
    payloads: dict[str, list[bytes]] = {}
    for module in ("text", "sound"):
        found = [load(video, module, part) for part in plan_windows(facts, facts.whole)]
        if found and None not in found:
            payloads[module] = [payload for payload in found if payload is not None]
    seen = load(video, SEEN, facts.whole)
    return assemble(facts, facts.whole, {**payloads, SEEN: [seen]} if seen else payloads)


def lines(video: Video) -> tuple[Word, ...]:
    """What is said as far as it is stored: the added subtitles, else what runs found; empty when there is nothing."""
    added = subtitles.payload(video)
    if added is not None or not video.facts:
        return subtitles.lines(video)
    facts = videos.facts_of(video)
    found = [load(video, "words", part) for part in plan_windows(facts, facts.whole)]
    return words.decide([payload for payload in found if payload is not None], facts.whole)
