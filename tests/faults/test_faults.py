"""The short version of every real fault; `python -m tests.faults` runs the long ones."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def results() -> dict[str, str]:
    """Fault → "held …", "FAILED …" or "cannot …"; in a process of their own, as they fork."""
    words = ["-m", "tests.faults", "kill", "power-cut", "full-disk", "--kills", "20", "--cuts", "3"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=ROOT, timeout=300)
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    return {line[8:58].strip(): line for line in lines}


@pytest.mark.parametrize(
    "fault", ["kill -9", "power cut", "power cut, control", "disk full of events", "disk full of others"]
)
def test_fault(results, fault):
    line = results.get(fault) or results.get(fault.partition(",")[0]) or results.get("full disk")
    if line.startswith("cannot"):
        pytest.skip(line)
    assert line.startswith("held"), line
