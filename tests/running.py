"""The real thing for tests: `manage.py serve` in a process of its own, and a small client for its doors."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
PART = 8 << 20
T = TypeVar("T")


def wait_for(what: Callable[[], T | None], seconds: float = 30.0, words: str = "") -> T:
    """The first true answer of `what`, asked every 50 ms."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:g} s in vain: {words or what}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """Direct child processes, by the kernel's word."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(text) for text in path.read_text().split()] if path.exists() else []


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@dataclass(slots=True)
class Server:
    """One `serve` with its own data directory."""

    data_dir: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        surroundings = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
        surroundings |= {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "FREE_DISK_FLOOR_BYTES": "0"}
        with (self.data_dir / "serve.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=surroundings | dict(self.environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        wait_for(self._answers, 60, "the server to answer")
        return self

    def _answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"serve ended: {self.log()}")
        try:
            return bool(urllib.request.urlopen(f"{self.address}/health", timeout=2).status == 200)
        except OSError:
            return False

    def stop(self) -> float:
        """SIGTERM; returns how many seconds it took."""
        started = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)
        return time.monotonic() - started

    def log(self) -> str:
        return (self.data_dir / "serve.log").read_text()

    def child(self, part: str) -> int:
        """The process whose command holds `part`: "-Q media", "-Q light", "uvicorn", "redis-server"."""
        assert self.process is not None
        parent = self.process.pid
        return wait_for(lambda: next((pid for pid in children_of(parent) if part in command_of(pid)), None), words=part)


@contextmanager
def serving(data_dir: Path, **environment: str) -> Iterator[Server]:
    server = Server(data_dir, environment).start()
    try:
        yield server
    finally:
        server.stop()


@dataclass(slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """A browser without a screen: cookies, CSRF token, tus uploads, runs."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        page = self.ask("GET", "/", headers={"Accept": "text/html"}).body.decode()
        self.token = re.findall(r'csrf-token" content="([^"]+)"', page)[0]

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        url = path if path.startswith("http") else self.server.address + path
        sent = {"Origin": self.server.address, "X-CSRFToken": getattr(self, "token", ""), **(headers or {})}
        request = urllib.request.Request(url, data=body, method=method, headers=sent)
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.headers, refused.read())

    def begin_upload(self, name: str, size: int) -> tuple[str, str]:
        """(address of the upload, uid of its video)"""
        metadata = f"filename {base64.b64encode(name.encode()).decode()}"
        answer = self.ask("POST", "/uploads/", b"", {"Upload-Length": str(size), "Upload-Metadata": metadata})
        assert answer.status == 201, answer.body
        return answer.headers["Location"], answer.headers["Cuepoint-Video"]

    def send_part(self, address: str, offset: int, part: bytes) -> Answer:
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.ask("PATCH", address, part, headers)

    def upload(self, path: Path) -> str:
        address, video = self.begin_upload(path.name, path.stat().st_size)
        offset = 0
        with path.open("rb") as file:
            while part := file.read(PART):
                answer = self.send_part(address, offset, part)
                assert answer.status == 204, answer.body
                offset += len(part)
        return video

    def run(self, video: str, definitions: list[dict[str, Any]], **more: Any) -> str:
        """Start a run by JSON; returns its uid."""
        wire = {"type": "segment_definitions", "segment_definitions": definitions}
        body = json.dumps({"video": video, "response_format": wire, **more}).encode()
        answer = self.ask("POST", "/jobs/", body, {"Content-Type": "application/json"})
        assert answer.status == 201, answer.body
        return str(answer.json()["task"])

    def events(self, job: str, after: int = 0) -> list[dict[str, Any]]:
        return list(self.ask("GET", f"/jobs/{job}/events/?after={after}").json()["events"])

    def status(self, job: str) -> str:
        return str(self.ask("GET", f"/jobs/{job}/result.json").json()["status"])

    def finished(self, job: str, seconds: float = 60.0) -> dict[str, Any]:
        """The answer of a run once it is over."""
        wait_for(lambda: self.status(job) in ("ready", "failed", "cancelled"), seconds, "the run to end")
        return dict(self.ask("GET", f"/jobs/{job}/result.json").json())


SHOTS = [{"id": "shot", "description": "One uninterrupted camera take between two cuts.", "fields": []}]
