"""File systems of our own, in a mount namespace that ends with its process. For root only."""

from __future__ import annotations

import ctypes
import os
import pickle
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.result import Result

CLONE_NEWNS = 0x00020000


class CannotMount(Exception):
    """This machine does not let us."""


def in_own_mounts(fault: str, work: Callable[[Path], list[Result]]) -> list[Result]:
    """Run `work(directory)` in a forked process with mounts of its own."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(theirs, pickle.dumps(_inside(fault, work)))
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(answer) if answer else [Result(fault, False, "the process that made it died")]


def _inside(fault: str, work: Callable[[Path], list[Result]]) -> list[Result]:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare") or libc.unshare(CLONE_NEWNS):
        return [Result(fault, None, "needs root, for a mount namespace of its own")]
    try:
        command("mount", "--make-rprivate", "/")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
            return work(Path(directory))
    except CannotMount as error:
        return [Result(fault, None, str(error))]
    except Exception as error:
        return [Result(fault, False, repr(error))]


def command(*words: str | Path) -> None:
    try:
        done = subprocess.run(words, capture_output=True, text=True)
    except FileNotFoundError:
        raise CannotMount(f"there is no {words[0]} here") from None
    if done.returncode:
        raise CannotMount(f"{' '.join(map(str, words))}: {done.stderr.strip()}")
