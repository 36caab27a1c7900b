"""Whatever a description allows may be sent, and more: answers are declared, have their shape, and never break.

Schemathesis makes the calls, the same ones every time; `HYPOTHESIS_PROFILE=thorough` makes many others.
"""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from django.contrib.auth.models import User
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from segments.api.twelvelabs import analyze
from segments.domain import api_keys, chunked_uploads
from segments.models import Video
from tests import factories
from tests.api.contracts import mounted

EXAMPLES = 150 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 5
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
#: Busy, full and too slow are answers, and have to be declared like others.
BUSY = (503, 504, 507)
CALLER = "caller"


@pytest.fixture(autouse=True)
def _no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses in generated bodies lead nowhere, on every computer."""
    resolve = socket.getaddrinfo

    def only_here(host: Any, *rest: Any, **more: Any) -> Any:
        if host not in ("127.0.0.1", "localhost"):
            raise socket.gaierror(socket.EAI_NONAME, "no names in tests")
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", only_here)


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker is there: calls that wait for one give up at once."""
    monkeypatch.setattr(analyze, "PATIENCE_SECONDS", 0.0)


@pytest.fixture
def session(transactional_db: None) -> Iterator[requests.Session]:
    """Connections with a key in both headers."""
    key = api_keys.create(factories.user(CALLER), name="tests")[1]
    with requests.Session() as session:
        session.headers.update({"x-api-key": key, "Authorization": f"Bearer {key}"})
        yield session


@pytest.mark.timeout(900)  # of the thorough profile; the gate takes seconds
@pytest.mark.parametrize("description", sorted(mounted()))
def test_answers_are_the_described_ones(description: str, address: str, session: requests.Session) -> None:
    document = requests.get(address + description, timeout=30).json()
    schema = schemathesis.openapi.from_dict(document)
    wrong: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
            wrong += _complaints(operation, mode, address, session)
    assert not wrong, "\n\n".join(wrong)


def _complaints(operation: Any, mode: GenerationMode, address: str, session: requests.Session) -> list[str]:
    """What was wrong with the answers of one operation."""
    known = _things(User.objects.get(username=CALLER))
    chance = random.Random(operation.label)
    wrong: dict[str, None] = {}

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis.settings(max_examples=EXAMPLES, suppress_health_check=list(hypothesis.HealthCheck), database=None)
    def call(case: Case) -> None:
        _aim(case, known, chance)
        response = case.call(base_url=address, session=session, timeout=30)
        said = f"{operation.label} {response.status_code} {response.text[:300]}"
        if response.status_code >= 500 and response.status_code not in BUSY:
            wrong[said] = None
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as group:
            wrong.update(dict.fromkeys(f"{said}\n{str(each)[:400]}" for each in group.exceptions))

    with suppress(hypothesis.errors.Unsatisfiable):  # nothing is taken, so nothing can be wrong
        call()
    return list(wrong)


def _aim(case: Case, known: dict[str, list[str]], chance: random.Random) -> None:
    """Most calls name things that exist: behind an unknown identifier every call is the same 404."""
    which = chance.randrange(4)
    for place in (case.path_parameters, case.query, case.body):
        _name(place, known, which, chance)


def _name(place: object, known: dict[str, list[str]], which: int, chance: random.Random) -> None:
    """All names of one call mean things that belong together."""
    if isinstance(place, dict):
        for name, value in place.items():
            if name in known and chance.random() < 0.8:
                place[name] = known[name][which % len(known[name])]
            else:
                _name(value, known, which, chance)


def _things(owner: User) -> dict[str, list[str]]:
    """One of everything, made anew for each operation, because some of them delete."""
    Video.objects.all().delete()
    videos = [factories.video(owner) for _ in range(2)]
    tasks = [factories.completed(factories.job(videos[0]), (1.0, 2.0)), factories.job(videos[1])]
    analyses = [factories.analysed(factories.analysis(videos[0]), (0.0, 5.0)), factories.analysis(videos[1])]
    parts = [chunked_uploads.create(owner, name="parts.mp4", length=10, chunk_bytes=10) for _ in range(2)]
    media = [str(each.uid) for each in (videos[0], parts[0].video, videos[1], parts[1].video)]
    scenes = [str(each.uid) for each in analyses[0].segments.all()]
    return {
        "asset_id": [each.asset_id for each in videos],
        "task_id": [each.task_id for each in tasks],
        "upload_id": [parts[number].uid.hex for number in (0, 0, 1, 1)],
        **dict.fromkeys(("media_id", "file_id", "video_id", "job_id", "jobId"), media),
        "analysis_job_id": [str(each.uid) for each in analyses],
        **dict.fromkeys(("scene_id", "segment_id"), scenes),
    }
