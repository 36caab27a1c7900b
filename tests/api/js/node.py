"""The official JavaScript client, in one Node process for all tests. What it is to do stands in the .mjs files here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class JavaScriptError(Exception):
    """What a function of ours threw in Node: class name, HTTP status (None when nothing was sent) and parsed body."""

    def __init__(self, name: str, status: int | None, body: Any, message: str) -> None:
        super().__init__(f"{name} {status}: {message}")
        self.name, self.status, self.body = name, status, body


class Node:
    """Calls exported functions of `tests/api/js/<file>.mjs`, one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def call(self, file: str, function: str, *, base: str, key: str, facts: dict[str, Any]) -> Any:
        """The function's result. Raises JavaScriptError for what it threw."""
        wish = {"file": file, "call": function, "base": base, "key": key, "facts": facts}
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(wish), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        assert line, f"node ended with {self._process.wait(10)}"
        answer = json.loads(line)
        if "error" in answer:
            raise JavaScriptError(**answer["error"])
        return answer["value"]


@contextmanager
def running() -> Iterator[Node]:
    """Node of the system, else the one that `.ci/npm` put into the virtual environment."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    program = shutil.which("node", path=path)
    assert program, "node is missing: `make test` installs it"
    command = [program, str(HERE / "runner.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Node(process)
        assert process.stdin
        process.stdin.close()
        process.wait(10)
