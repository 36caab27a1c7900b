"""Lists ask the database as often for many runs as for one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.domain import access
from segments.domain.queries import result_json, with_segments
from tests import factories


@pytest.mark.parametrize("count", [1, 4])
def test_results_of_many_runs_are_read_at_once(anna: User, count: int, django_assert_num_queries: Any) -> None:
    video = factories.video(anna)
    for _ in range(count):
        factories.completed(factories.job(video), (0.0, 2.0), (2.0, 5.0))
    with django_assert_num_queries(2):
        rows = with_segments(list(access.jobs_of(anna)))
        results = [result_json(row)["result"] for row in rows]
    assert len(results) == count
    assert [row.segment_count for row in rows] == [2] * count
    assert results[0] == result_json(access.job_for(anna, rows[0].uid))["result"]


def test_a_list_is_counted_without_looking_at_segments(anna: User, django_assert_num_queries: Any) -> None:
    factories.completed(factories.job(factories.video(anna)), (0.0, 2.0))
    with django_assert_num_queries(1) as seen:
        assert access.jobs_of(anna).count() == 1
    assert "segments_segment" not in seen.captured_queries[0]["sql"]


def test_a_result_that_is_read_again_shows_what_is_stored_then(anna: User) -> None:
    job = factories.completed(factories.job(factories.video(anna)), (0.0, 2.0))
    before = result_json(job)["result"]
    job.segments.all().delete()
    assert result_json(job)["result"] != before
