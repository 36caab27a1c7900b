"""What segmentation tasks found, seen as the module `custom_segments`."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from segments.domain.queries.analyses import custom_rows, module_rows
from tests import factories

pytestmark = pytest.mark.django_db


def test_results_of_tasks_are_shown_as_they_are(anna: User) -> None:
    film = factories.video(anna)
    task = factories.completed(factories.job(film), (30, 60), (0, 30))
    factories.job(film)
    first, second = custom_rows(film)
    assert [(row.start_time, row.end_time) for row in (first, second)] == [(0, 30), (30, 60)]
    assert (first.module, first.content) == ("custom_segments", "One uninterrupted camera take.")
    assert first.metadata == {"task_id": task.task_id, "definition_id": "shot", "fields": {"summary": None}}
    assert not module_rows(film).exists()
