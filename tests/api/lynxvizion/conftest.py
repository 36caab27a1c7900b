"""Callers of the modules API, in process: what they send and hear is all that counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from segments.domain import api_keys
from segments.models import Video
from tests import factories


@dataclass(frozen=True)
class Caller:
    """One program with its key; `headers` replace the usual ones."""

    headers: dict[str, str]

    def __call__(self, method: str, path: str, body: object = None) -> Any:
        client = Client(SERVER_NAME="localhost")
        sent = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        return client.generic(method, f"/api{path}", sent, content_type="application/json", headers=self.headers)

    def get(self, path: str) -> Any:
        answer = self("GET", path)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def owner(db: None) -> User:
    return factories.user("caller")


@pytest.fixture
def key(owner: User) -> str:
    return api_keys.create(owner, name="tests")[1]


@pytest.fixture
def api(key: str) -> Caller:
    return Caller({"Authorization": key})


@pytest.fixture
def film(owner: User) -> Video:
    return factories.video(owner, name="match day.mp4")


@pytest.fixture
def analysed(film: Video) -> Video:
    """Shots, groups, scenes and a transcription are there."""
    factories.analysed(factories.analysis(film, "transcription", "shots", "grouped_shots", "scenes"))
    return film
