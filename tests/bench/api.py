"""The task API while films are worked on: how long list, create and retrieve take, idle and with four running tasks."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.bench.engine import long_film
from tests.bench.table import Row
from tests.running import ROOT, SHOTS, Server, serving, wait_for

TASKS = 4
CALLS = 100
#: Between the beginnings of two calls: twenty in a second.
PERIOD = 0.05
MOST_MS = 150.0
MOST_TIMES_IDLE = 2.0


def measure(folder: Path) -> list[Row]:
    data = folder / "api-data"
    data.mkdir()
    with serving(data, WORKERS=str(TASKS)) as server, _caller(server) as api:
        # the evidence of a film is kept: each task gets one of its own, so that there is work to do
        assets = [_upload(api, long_film(folder, 1190.0 + n)) for n in range(TASKS)]
        wait_for(lambda: _are_ready(api, assets), 300, "the preparation")
        _call(api, "POST", "/analyze/tasks", json=_task(assets[0], end_time=5.0))  # so that there is one to retrieve
        wait_for(lambda: not _unfinished(api), 300, "the first task")
        idle = _delays(api, assets[0])
        for asset in assets:
            _call(api, "POST", "/analyze/tasks", json=_task(asset))
        wait_for(lambda: _unfinished(api, "processing") == TASKS, 60, "the tasks to run")
        busy = _delays(api, assets[0])
        left = _unfinished(api, "processing")
    return [row for name in idle for row in _rows(name, idle[name], busy[name], left)]


@contextmanager
def _caller(server: Server) -> Iterator[httpx.Client]:
    """Someone with a key, on one connection."""
    made = subprocess.run(
        [sys.executable, "manage.py", "create_key", "bench"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(server.data_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    headers = {"x-api-key": made.stdout.split()[-1]}
    with httpx.Client(base_url=f"{server.address}/v1.3", headers=headers, timeout=30) as client:
        yield client


def _call(api: httpx.Client, method: str, path: str, **more: Any) -> Any:
    answer = api.request(method, path, **more)
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def _upload(api: httpx.Client, film: Path) -> str:
    with film.open("rb") as file:
        sent = {"file": (film.name, file, "video/mp4")}
        return str(_call(api, "POST", "/assets", data={"method": "direct"}, files=sent)["_id"])


def _are_ready(api: httpx.Client, assets: list[str]) -> bool:
    return all(_call(api, "GET", f"/assets/{asset}")["status"] == "ready" for asset in assets)


def _task(asset: str, **more: float) -> dict[str, Any]:
    return {
        "video": {"type": "asset_id", "asset_id": asset},
        "analysis_mode": "time_based_metadata",
        "response_format": {"type": "segment_definitions", "segment_definitions": SHOTS},
        **more,
    }


def _unfinished(api: httpx.Client, *states: str) -> int:
    wanted = states or ("queued", "pending", "processing")
    return sum(task["status"] in wanted for task in _call(api, "GET", "/analyze/tasks?page_limit=50")["data"])


def _delays(api: httpx.Client, asset: str) -> dict[str, list[float]]:
    """Milliseconds of each call, by name. What was created for it is canceled at once, so that no more tasks run."""
    known = _call(api, "GET", "/analyze/tasks?status=ready")["data"][0]["task_id"]
    found: dict[str, list[float]] = {"list": [], "create": [], "retrieve": []}
    for n in range(CALLS):
        began = time.perf_counter()
        found["list"].append(_timed(lambda: _call(api, "GET", "/analyze/tasks"))[0])
        _rest(began, 1)
        found["retrieve"].append(_timed(lambda: _call(api, "GET", f"/analyze/tasks/{known}"))[0])
        _rest(began, 2)
        body = _task(asset, end_time=10.0 + n)
        took, task = _timed(lambda body=body: _call(api, "POST", "/analyze/tasks", json=body))
        found["create"].append(took)
        _call(api, "POST", f"/analyze/tasks/{task['task_id']}/cancel")
        _call(api, "DELETE", f"/analyze/tasks/{task['task_id']}")
        _rest(began, 3)
    return found


def _timed(action: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = action()
    return (time.perf_counter() - began) * 1000, answer


def _rest(began: float, calls: int) -> None:
    time.sleep(max(0.0, began + calls * PERIOD - time.perf_counter()))


def _rows(name: str, idle: list[float], busy: list[float], left: int) -> list[Row]:
    calm, full = _p95(idle), _p95(busy)
    note = f"idle {calm:.1f} ms; {CALLS} calls, {left} of {TASKS} tasks still running at the end"
    return [
        Row(f"p95 of {name}, {TASKS} running tasks", full, "ms", MOST_MS, note),
        Row(f"p95 of {name}, {TASKS} running tasks ÷ idle", full / calm, "×", MOST_TIMES_IDLE),
    ]


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
