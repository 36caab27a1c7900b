"""The rules of the domain hold on PostgreSQL as on SQLite: the same tests, another database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.domain.test_chaos import chaos
from tests.stack import postgres

ROOT = Path(__file__).resolve().parents[2]
#: Where the database decides. The rest has files or pure values for its subject.
SUBJECTS = (
    "races",
    "claims",
    "job_ends",
    "lost_runs",
    "submission",
    "events",
    "waiting_videos",
    "reconcile",
    "uploads",
    "retired_videos",
    "fetching",
    "webhooks",
    "module_runs",
)
pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server is installed (initdb was not found)"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgres.cluster() as given:
        yield given


def test_domain_tests_pass_on_postgresql(address: str) -> None:
    files = [f"tests/domain/test_{subject}.py" for subject in SUBJECTS]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_ten_kills_and_two_freezes_lose_and_double_nothing(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    report = chaos(tmp_path, "--kills", "10", "--freezes", "2", "--jobs", "10", "--seed", "5")
    assert (report["statuses"], report["segments"], report["rows"]) == (["completed"], [3], 30)
    assert (report["gaps"], report["claims"]) == ([], 10 + report["crashes"])
