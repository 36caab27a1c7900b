"""`make bench`: what the project promises about time and memory, measured here and now. A report, not a gate."""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import api, engine, page, page_live, server
from tests.bench.table import Row, show


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--film", type=Path, help="a 10-minute 720p H.264 film (default: the samples, looped)")
    parser.add_argument("--long", action="store_true", help="also films of one and two hours (ten minutes more)")
    parser.add_argument("--upload-mb", type=int, default=2048, help="size of the uploaded file")
    parser.add_argument("--only", choices=["engine", "server", "api", "page"], nargs="*")
    parser.add_argument("--json", type=Path, default=Path("test-results/bench.json"))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = _measure(wanted, Path(folder))
    print(f"{platform.machine()}, {_cores()} cores, {datetime.now(UTC):%Y-%m-%d}")
    print(show(rows))
    wanted.json.parent.mkdir(parents=True, exist_ok=True)
    wanted.json.write_text(json.dumps([row.as_json() for row in rows], indent=2))


def _measure(wanted: argparse.Namespace, folder: Path) -> list[Row]:
    parts = wanted.only or ["engine", "server", "api", "page"]
    rows: list[Row] = []
    if "engine" in parts or "server" in parts:
        film = wanted.film or engine.long_film(folder)
    if "engine" in parts:
        rows += engine.measure(film, folder, long=wanted.long)
    if "server" in parts:
        rows += server.measure(folder, film, wanted.upload_mb)
    if "page" in parts:
        rows += page.sizes() + page_live.measure(folder)
    if "api" in parts:
        rows += api.measure(folder)
    return rows


def _cores() -> int:
    import os

    return os.cpu_count() or 1


if __name__ == "__main__":
    main()
