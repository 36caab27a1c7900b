"""Reference images of a run: their bytes, from wherever they are, and where in the video they are seen.

An image that cannot be had or compared never fails a run: the result says which one it was, and why.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from segments.core.definition import LIMITS, MediaSource
from segments.core.errors import CuepointError, MediaUnreadable
from segments.core.evidence.model import Evidence, Reference
from segments.core.evidence.references import Looker
from segments.core.outbound import Limits
from segments.core.progress import Report
from segments.core.request import RunRequest
from segments.domain import fetching, storage
from segments.models import Job

Load = Callable[[MediaSource], bytes]
FETCH_SECONDS, REDIRECTS = 30.0, 3
_NO_ASSET = "assets of this server are videos. Send the image as url or base64_string"


def with_references(request: RunRequest, evidence: Evidence, path: Path, load: Load, report: Report) -> Evidence:
    """`evidence` and where each image is seen that a description names. `report` is asked whether to go on."""
    images: dict[tuple[str, str], bytes] = {}
    found: dict[tuple[str, str], Reference] = {}
    for definition in request.definitions:
        for source in definition.mentioned_sources:
            key = definition.id, source.name
            try:
                images[key] = load(source)
            except CuepointError as error:
                found[key] = Reference(problem=error.message.rstrip("."))
    if images:
        with Looker(path, evidence.facts, settings.LIMITS, settings.DECODERS) as looker:
            found |= looker.find(images, evidence.window, report)
    return replace(evidence, references=found) if found else evidence


def content(source: MediaSource) -> bytes:
    """The image as it was sent or as its address gives it, through the one client for addresses."""
    if source.base64_string is not None:
        text = source.base64_string
        bare = (text.partition(",")[2] if text.startswith("data:") else text).rstrip("=")
        return base64.b64decode(bare + "=" * (-len(bare) % 4))
    if source.url is None:
        raise MediaUnreadable(_NO_ASSET)
    limits = Limits(bytes=LIMITS["media_source_bytes"], seconds=FETCH_SECONDS, redirects=REDIRECTS)
    with fetching.outbound().get(source.url, limits=limits) as download:
        return b"".join(download.blocks())


def kept_with(job: Job) -> Load:
    """`content`, loaded once for all attempts of a run."""

    def load(source: MediaSource) -> bytes:
        if source.url is None:
            return content(source)
        digest = hashlib.sha256(source.url.encode()).hexdigest()[:16]
        path = storage.evidence_folder(job.video) / f"reference-{job.uid.hex}-{digest}"
        if not path.exists():
            storage.write_durably(path, content(source))
        return path.read_bytes()

    return load
