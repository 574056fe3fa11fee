"""What the embedded engine has written, onto the disk: it does not sync by itself."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)


def sync_directory(path: Path) -> None:
    """Back once the file system that holds this directory has everything on its disk (syncfs; elsewhere sync)."""
    if not hasattr(_libc, "syncfs"):
        os.sync()
        return
    directory = os.open(path, os.O_RDONLY)
    try:
        if _libc.syncfs(directory):
            raise OSError(ctypes.get_errno(), "syncfs", str(path))
    finally:
        os.close(directory)
