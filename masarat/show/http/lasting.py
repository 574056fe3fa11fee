"""Files that a browser need not ask for again for a while."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles


class Lasting(StaticFiles):
    """A directory whose files are good for so many seconds; after that a browser asks whether they changed."""

    def __init__(self, directory: Path, *, seconds: int) -> None:
        super().__init__(directory=directory, check_dir=False)
        self._seconds = seconds

    def file_response(self, *given: Any, **more: Any) -> Response:
        response = super().file_response(*given, **more)
        response.headers["Cache-Control"] = f"public, max-age={self._seconds}"
        return response
