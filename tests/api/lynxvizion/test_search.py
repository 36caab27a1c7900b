"""Search: words in any form, best first, modules taking turns, one hit in five seconds."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from segments.core.modules.base import ModuleSegment
from segments.domain import api_keys, module_runs
from segments.domain.queries.search import similarities
from segments.models import Video
from tests import factories
from tests.api.lynxvizion.conftest import Caller

SAID = [
    (0, "The goalkeeper saves the penalty"),
    (2, "What a save of that penalty by the goalkeeper, what a goalkeeper"),
    (10, "The crowd is singing"),
    (20, "Rain over the stadium"),
    (30, "A penalty is given"),
]


def told(video: Video, **modules: list[tuple[int, str]]) -> Video:
    run = factories.begun(factories.analysis(video, *modules))
    for name, lines in modules.items():
        module_runs.store(run, name, [ModuleSegment(start, start + 2, text, {}) for start, text in lines])
    module_runs.complete(run)
    return video


@pytest.fixture
def match(film: Video) -> Video:
    scenes = [(0, "People on a green field"), (30, "The penalty area, green, in the rain")]
    return told(film, transcription=SAID, scenes=scenes)


def found(api: Caller, **body: object) -> list[dict[str, Any]]:
    answer = api("POST", "/search", body)
    assert answer.status_code == 200, answer.content
    return list(answer.json())


def test_words_are_found_in_any_form_best_first(api: Caller, match: Video) -> None:
    hits = found(api, query="goalkeepers saved penalties", modules=["transcription"])
    assert hits[0]["content"] in {text for _start, text in SAID[:2]}
    assert hits[0]["similarity"] > 0.8
    assert hits[0].keys() == {
        *("id", "job_id", "module", "content", "start_time", "end_time", "metadata", "similarity"),
    }
    assert [hit["similarity"] for hit in hits] == sorted((hit["similarity"] for hit in hits), reverse=True)
    assert all(0.4 <= hit["similarity"] <= 1 for hit in hits)


def test_one_hit_in_five_seconds_of_a_module(api: Caller, match: Video) -> None:
    hits = found(api, query="penalty goalkeeper", modules=["transcription"], threshold=0.1)
    assert [hit["start_time"] for hit in hits if hit["start_time"] < 5] in ([0.0], [2.0])
    assert {hit["start_time"] for hit in hits} > {30.0}


def test_modules_take_turns(api: Caller, match: Video) -> None:
    hits = found(api, query="penalty", threshold=0)
    assert [hit["module"] for hit in hits] == ["transcription", "scenes", "transcription"] or [
        hit["module"] for hit in hits
    ] == ["scenes", "transcription", "transcription"]
    assert len(found(api, query="penalty", threshold=0, limit=2)) == 2


def test_threshold_leaves_out_what_holds_too_little(api: Caller, match: Video) -> None:
    query = "singing dragons breathe fire"
    assert found(api, query=query) == []
    assert [hit["content"] for hit in found(api, query=query, threshold=0.1)] == ["The crowd is singing"]
    assert found(api, query="the of and", threshold=0) == []


def test_search_reads_the_videos_that_are_named_or_all_completed_ones(
    api: Caller, owner: User, stranger: User, match: Video
) -> None:
    other = told(factories.video(owner), transcription=[(0, "A penalty shoot-out"), (8, "Nothing else")])
    told(factories.video(stranger), transcription=[(0, "A foreign penalty"), (8, "Nothing else")])
    factories.failed(factories.analysis(other, "shots"))
    jobs = [
        {hit["job_id"] for hit in found(api, query="penalty", threshold=0, **where)}
        for where in (
            {},
            {"job_id": str(other.uid)},
            {"job_ids": [str(match.uid), str(other.uid)]},
        )
    ]
    assert jobs == [{str(match.uid)}, {str(other.uid)}, {str(match.uid), str(other.uid)}]


def test_task_results_are_searched_when_they_are_named(api: Caller, match: Video) -> None:
    factories.completed(factories.job(match))
    assert [hit["module"] for hit in found(api, query="camera take", threshold=0)] == []
    hits = found(api, query="camera take", modules=["custom_segments"], threshold=0)
    assert {hit["module"] for hit in hits} == {"custom_segments"}


def test_foreign_and_unknown_videos_are_missing(match: Video, stranger: User) -> None:
    caller = Caller({"Authorization": api_keys.create(stranger, name="x")[1]})
    for name in (str(match.uid), str(factories.NOWHERE), "x"):
        for body in ({"job_id": name}, {"job_ids": [name]}):
            answer = caller("POST", "/search", {"query": "penalty", **body})
            assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "query", "invalid_request"),
        ({"query": "  "}, "query", "invalid_request"),
        ({"query": "a", "limit": 0}, "limit", "invalid_request"),
        ({"query": "a", "limit": 201}, "limit", "invalid_request"),
        ({"query": "a", "threshold": 1.1}, "threshold", "invalid_request"),
        ({"query": "a", "modules": ["nope"]}, "modules", "unknown_module"),
    ],
)
def test_wrong_search_names_its_field(api: Caller, body: dict[str, object], field: str, code: str) -> None:
    answer = api("POST", "/search", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, code, field)


def test_long_text_is_found_beside_many_short_ones(api: Caller, film: Video) -> None:
    writing = "a slide about revenue with very many words on it " + " ".join(f"word{n}" for n in range(60))
    plain = [(30 * n, "A picture with a plan and words") for n in range(1, 9)]
    told(film, visualelements=[(3 * n, "Colors: blue") for n in range(100)], scenes=[(0, writing), *plain])
    assert [hit["start_time"] for hit in found(api, query="slides on revenue")] == [0.0]


def test_number_of_queries_does_not_grow_with_the_library(
    api: Caller, owner: User, match: Video, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        told(factories.video(owner), transcription=[(0, "A penalty")])
    with django_assert_max_num_queries(8):
        assert found(api, query="penalty", threshold=0)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=6))
def test_similarity_is_a_share(query: str, texts: list[str]) -> None:
    assert all(0 <= score <= 1 for score in similarities(query, texts))


def test_text_that_is_the_query_is_wholly_similar() -> None:
    texts = ["red car drives", "blue boat sails", "green field lies"]
    assert [similarities(text, texts)[n] for n, text in enumerate(texts)] == [1.0, 1.0, 1.0]
