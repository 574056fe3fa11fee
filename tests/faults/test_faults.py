"""The short version of every real fault; `python -m tests.faults` runs the long ones."""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


JOURNAL = (
    ("kill", "power-cut", "full-disk", "--kills", "20", "--cuts", "3"),
    ("kill -9", "power cut", "power cut, control", "disk full of events", "disk full of others"),
)
SERVER = (
    (
        "kill-server",
        "kill-worker",
        "fail-server",
        "starved",
        "crowd",
        "--rounds",
        "10",
        "--connections",
        "1000",
    ),
    (
        "kill -9 of the server",
        "kill -9 of the server, control",
        "kill -9 of a worker",
        "a call of the server fails",
        "a call of the server fails, control",
        "a full disk under the server",
        "a read-only disk under the server",
        "a crowd",
        "a crowd, control",
    ),
)


@lru_cache
def results(words: tuple[str, ...]) -> dict[str, str]:
    """Fault → "held …", "FAILED …" or "cannot …"; in a process of their own, as they fork."""
    command = [sys.executable, "-m", "tests.faults", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600)
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    return {line[8:58].strip(): line for line in lines} | {"": done.stdout + done.stderr}


@pytest.mark.parametrize(
    ("words", "fault"), [(words, fault) for words, faults in (JOURNAL, SERVER) for fault in faults]
)
def test_fault(words, fault):
    found = results(words)
    wholes = (fault, fault.partition(",")[0], "full disk", "the disk of the server")
    line = next((found[whole] for whole in wholes if whole in found), found[""])
    if line.startswith("cannot"):
        pytest.skip(line)
    assert line.startswith("held"), line
