"""A supervisor with three small children, run as a process of its own: `python -m tests.management.family FOLDER`.

The others lean on `steady`, `frail` dies when told to, `deaf` ignores SIGTERM and has a child that would outlive it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from segments.management import supervisor
from segments.management.supervisor import Child, Supervisor

LIVES = "import signal; signal.pause()"
NOTED = "import os, pathlib, sys; pathlib.Path(sys.argv[1], f'{sys.argv[2]}-{os.getpid()}').touch();"
TOLD = """
import atexit, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
atexit.register(lambda: pathlib.Path(sys.argv[1], f'end-of-{sys.argv[2]}').write_text(str(time.monotonic())))
"""
DEAF = "import signal, subprocess; signal.signal(signal.SIGTERM, signal.SIG_IGN); subprocess.Popen(['sleep', '600']);"


def child(name: str, code: str, folder: Path, **more: object) -> Child:
    command = [sys.executable, "-c", f"{code}{NOTED}{LIVES}", str(folder), name]
    return Child(name, command, dict(os.environ), folder, **more)  # type: ignore[arg-type]


def main() -> None:
    folder = Path(sys.argv[1])
    supervisor.STOP_SECONDS = 0.5
    supervisor.BACK_OFF = (0.0, 0.3)
    children = [
        child("steady", TOLD, folder, is_leaned_on=True),
        child("frail", TOLD, folder, niceness=3, after_death=lambda: say("its runs go back")),
        child("deaf", DEAF, folder),
    ]
    Supervisor(children, say).run(lambda: len(list(folder.iterdir())) >= 3, lambda: say("ready"))
    say("stopped")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
