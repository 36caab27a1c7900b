"""A running server: memory while a big file comes in and another goes out, delays between press and picture."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from tests.bench.table import Row
from tests.running import PART, SHOTS, Client, Server, serving, wait_for

RUNS = 5


def measure(folder: Path, film: Path, upload_mb: int) -> list[Row]:
    data = folder / "data"
    data.mkdir()
    with serving(data) as server:
        client = Client(server)
        video = client.upload(film)
        wait_for(lambda: client.ask("HEAD", f"/videos/{video}/sprite.jpg").status == 200, 120, "the preparation")
        rows = _delays(client, video)
        return rows + _memory(server, client, video, upload_mb)


def _delays(client: Client, video: str) -> list[Row]:
    """Pressing Segment until the worker has the run, on an idle server."""
    waits = []
    for n in range(RUNS):
        started = time.perf_counter()
        job = client.run(video, SHOTS, start_time=0.0, end_time=5.0 + n)
        wait_for(lambda job=job: client.status(job) != "pending", 10, "processing")
        waits.append(time.perf_counter() - started)
        client.finished(job, 300)
    return [Row("press to processing, worst of 5", max(waits), "s", 1.0)]


def _memory(server: Server, client: Client, video: str, upload_mb: int) -> list[Row]:
    web = server.child("uvicorn")
    stop = threading.Event()
    streamed = [0]

    def stream() -> None:
        other = Client(server)
        while not stop.is_set():
            streamed[0] += len(other.ask("GET", f"/videos/{video}/source", headers={"Range": "bytes=0-33554431"}).body)

    reader = threading.Thread(target=stream)
    reader.start()
    size = upload_mb << 20
    address, _ = client.begin_upload("big.mp4", size)
    part = bytes(PART)
    peak, started = 0.0, time.perf_counter()
    for offset in range(0, size, PART):
        assert client.send_part(address, offset, part[: min(PART, size - offset)]).status == 204
        peak = max(peak, _rss(web))
    speed = upload_mb / (time.perf_counter() - started)
    stop.set()
    reader.join()
    note = f"while {upload_mb} MiB came in at {speed:.0f} MiB/s and {streamed[0] >> 20} MiB went out"
    return [Row("web process, resident memory", peak, "MiB", 250, note)]


def _rss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
