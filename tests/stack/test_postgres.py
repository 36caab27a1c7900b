"""The rules of the domain hold on PostgreSQL as on SQLite: the same tests, another database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack import postgres

ROOT = Path(__file__).resolve().parents[2]
#: What has processes and files for its subject, or takes long; the database does not matter there.
LEFT_OUT = "not chaos and not machine and not preparation and not pipeline and not display_name and not run_progress"
pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server is installed (initdb was not found)"),
]


def test_domain_tests_pass_on_postgresql() -> None:
    with postgres.cluster() as address:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/domain", "-k", LEFT_OUT]
        run = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, capture_output=True, text=True
        )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
