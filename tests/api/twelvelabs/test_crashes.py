"""A bug of ours: JSON with both shapes of an error, so that clients raise their typed class; no trace gets out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from twelvelabs import TwelveLabs
from twelvelabs.errors import InternalServerError

from segments.models import Job, Video
from tests import factories
from tests.api.js.node import JavaScriptError
from tests.api.twelvelabs.conftest import request


@pytest.fixture
def breaking(owner: User) -> Video:
    """A video whose facts cannot be read: looking at them is a KeyError."""
    return factories.video(owner, facts={"nothing": "that we know"})


def test_er16_crash_is_a_typed_error(sdk: TwelveLabs, breaking: Video) -> None:
    with pytest.raises(InternalServerError) as caught:
        sdk.analyze_async.tasks.create(**request(breaking))
    body = caught.value.body
    assert (body["code"], body["error"]["code"]) == ("internal_server_error", "internal_server_error")
    assert caught.value.headers["x-api-version"] == "1.3"
    assert "KeyError" not in str(body)
    assert not Job.objects.exists()


def test_er16_crash_in_javascript_after_its_own_retries(javascript: Callable[..., Any], breaking: Video) -> None:
    with pytest.raises(JavaScriptError) as caught:
        javascript("crashes", "createTask", asset=breaking.asset_id)
    assert (caught.value.name, caught.value.status) == ("InternalServerError", 500)
    assert caught.value.body["code"] == "internal_server_error"
