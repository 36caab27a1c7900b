"""A private PostgreSQL: its own folder, a Unix socket, gone at the end. It refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ACCOUNTS = ("postgres", "nobody")


def binaries() -> Path | None:
    """The folder of the newest server on this computer."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster() -> Iterator[str]:
    """Its address as DATABASE_URL."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("initdb")
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="cuepoint-pg-"))  # short: socket paths have a limit of about 100 characters
    try:
        shutil.chown(folder, account, pwd.getpwnam(account).pw_gid)
        data = folder / "data"
        _as(account, [programs / "initdb", "-D", data, "-A", "trust", "-U", "cuepoint", "--no-sync", "-E", "UTF8"])
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
        control = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        _as(account, [*control, "-o", options, "start"])
        try:
            yield f"postgres://cuepoint@{quote(str(folder), safe='')}/postgres"
        finally:
            _as(account, [*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> str:
    """Whom the server runs as: this user, or for root the first account that was made for such things."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)


def _as(account: str, command: Sequence[object]) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", account, "--", *words]
    subprocess.run(words, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
