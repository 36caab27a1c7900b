"""Workers killed and frozen at random moments: every run ends, once, with a whole history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
JOBS = 20


def chaos(data_dir: Path, *options: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.domain.chaos", *options],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data_dir), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def test_twenty_kills_and_three_freezes_lose_and_double_nothing(tmp_path: Path) -> None:
    report = chaos(tmp_path, "--jobs", str(JOBS), "--kills", "20", "--freezes", "3", "--seed", "20")
    assert (report["kills"], report["freezes"]) == (20, 3)
    assert (report["statuses"], report["segments"], report["rows"]) == (["completed"], [3], 3 * JOBS)
    assert (report["gaps"], report["integrity"]) == ([], "ok")
    assert report["claims"] == JOBS + report["crashes"]
    assert report["refused"] > 0, "no frozen worker came back to a lost lease; choose another seed"
