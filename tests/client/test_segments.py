"""What the thin resource of the modules API asks for, with scripted answers."""

from __future__ import annotations

from segments.client import ModuleSegment
from segments.client.flow import Answer
from segments.client.flows import segments
from tests.client.scripted import CONFIG, Script, answer

WIRE = {"id": "7", "job_id": "v", "module": "shots", "content": "Shot 1", "start_time": 0, "end_time": 2.5}


def test_segments_are_listed_by_module() -> None:
    script = Script([answer(body=[WIRE])])
    found = script.run(segments.list_segments(CONFIG, "v/1", "shots"))
    assert found == [ModuleSegment("7", "v", "shots", "Shot 1", 0.0, 2.5)]
    assert (script.requests[0].path, script.requests[0].params) == ("/api/videos/v%2F1/segments", [("module", "shots")])


def test_results_and_clearing() -> None:
    script = Script([answer(body={"segments": []}), answer(body={"ok": True})])
    assert script.run(segments.results(CONFIG, "v")) == {"segments": []}
    assert script.run(segments.clear(CONFIG, "v")) == {"ok": True}
    asked = [(request.method, request.path) for request in script.requests]
    assert asked == [("GET", "/api/results/job/v"), ("DELETE", "/api/videos/v/segments")]


def test_downloads_are_of_one_module_or_of_all() -> None:
    script = Script([Answer(200, {}, b"a,b"), Answer(200, {}, b"{}")])
    assert script.run(segments.download(CONFIG, "v", "shots", "csv")) == b"a,b"
    assert script.run(segments.download(CONFIG, "v", None, "json")) == b"{}"
    asked = [(request.path, tuple(request.params)) for request in script.requests]
    assert asked == [
        ("/api/download/report/v", (("module", "shots"), ("format", "csv"))),
        ("/api/download/combined-report/v", ()),
    ]
