"""Work on films gives way to answers: by niceness, and where the kernel groups sessions, as a session."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

AUTOGROUP = Path("/proc/self/autogroup")
LOOK = (
    "import os; from segments.core.media.inside.sandbox import give_way; give_way(3);"
    f"print(os.nice(0), open({str(AUTOGROUP)!r}).read().split()[-1])"
)


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel groups no sessions")
def test_session_is_as_nice_as_its_process() -> None:
    before = os.nice(0)
    command = [sys.executable, "-c", LOOK]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, start_new_session=True)
    assert made.stdout.split() == [str(before + 3)] * 2
