"""A running server seen from outside and from its database."""

from __future__ import annotations

import os
import signal
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.running import Client, Server, wait_for


@dataclass(slots=True)
class World:
    server: Server
    client: Client
    gates: Path

    # --- rows

    def row(self, query: str, *values: object) -> dict[str, Any]:
        """The first row, read beside the server. WAL lets readers in at any time."""
        with closing(sqlite3.connect(self.server.data_dir / "cuepoint.sqlite3", timeout=10)) as base:
            base.row_factory = sqlite3.Row
            found = base.execute(query, values).fetchone()
        return dict(found) if found else {}

    def job(self, uid: str) -> dict[str, Any]:
        return self.row("SELECT * FROM segments_job WHERE uid = ?", uuid.UUID(uid).hex)

    def video(self, uid: str) -> dict[str, Any]:
        return self.row("SELECT * FROM segments_video WHERE uid = ?", uuid.UUID(uid).hex)

    def ready(self, uid: str, seconds: float = 60) -> str:
        """The video once it was checked."""
        end = wait_for(lambda: self.video(uid)["upload_status"] in ("completed", "failed"), seconds, "the check")
        assert end
        assert self.video(uid)["upload_status"] == "completed", self.video(uid)
        return uid

    # --- runs

    def gated(self, video: str) -> str:
        """A run that works until its gate is opened."""
        name = f"gate_{uuid.uuid4().hex[:8]}"
        return self.client.run(video, [{"id": name, "description": "Waits.", "fields": []}], engine="gated")

    def open_gate(self, *jobs: str) -> None:
        for job in jobs:
            definitions = self.client.ask("GET", f"/jobs/{job}/result.json").json()["segment_definitions"]
            (self.gates / definitions[0]["id"]).touch()

    def is_working(self, job: str, *, fence: int = 1) -> bool:
        """Claimed that many times, and reporting since."""
        row = self.job(job)
        return bool(row["fence"] >= fence and row["status"] == "processing" and self._reports_since_claim(job))

    def _reports_since_claim(self, job: str) -> bool:
        kinds = [event["kind"] for event in self.client.events(job)]
        return "progress" in kinds[len(kinds) - kinds[::-1].index("state") :]

    def completed(self, job: str, seconds: float = 60) -> dict[str, Any]:
        """The answer of a run that ended well: a whole history, one end, three parts for each gated definition."""
        answer = self.client.finished(job, seconds)
        events = self.client.events(job)
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        ends = [event for event in events if event["payload"].get("status") in ("ready", "failed", "cancelled")]
        assert [end["payload"]["status"] for end in ends] == ["ready"], answer
        return answer

    # --- processes

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def working_process(self, job: str) -> int:
        """The pool process that has this run."""
        return int(self.job(job)["worker"].split("/")[3])

    def wait(self, what: Callable[[], Any], seconds: float = 30, words: str = "") -> Any:
        return wait_for(what, seconds, words)


def parts(answer: dict[str, Any]) -> list[tuple[float, float]]:
    """Edges of the segments of the first definition."""
    (found,) = answer["result"].values()
    return [(segment["start_time"], segment["end_time"]) for segment in found]


def resident_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
