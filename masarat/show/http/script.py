"""The browser SDK as pages of a shop ask for it: `/m.js`, and the parts that it brings later.

Any site may load it; a browser keeps it for an hour and then asks by its ETag whether it has changed. The files are built from
web/sdk by `make setup`, and ship in the wheel.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from masarat.errors import MasaratError

SDK = Path(__file__).parents[1] / "sdk"
FILES = ("m.js", "m.more.js", "m.vitals.js")
HEADERS = {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
    "Access-Control-Allow-Origin": "*",  # parts are brought by import(), which asks for leave
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


class ScriptMissing(MasaratError):
    """The SDK was not built when this copy of Masarat was set up."""

    status = 503
    code = "script_missing"


@dataclass(frozen=True, slots=True)
class Script:
    """One file, as it stands and packed."""

    plain: bytes
    packed: bytes
    etag: str


async def script(request: Request) -> Response:
    """A part of the SDK."""
    return sent(request, read(SDK / request.url.path.rpartition("/")[2]), HEADERS)


def sent(request: Request, found: Script, headers: dict[str, str]) -> Response:
    """A built file, packed where the browser can unpack it; 304 where it has it already."""
    headers = headers | {"ETag": found.etag}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers=headers | {"Content-Encoding": "gzip"})
    return Response(found.plain, headers=headers)


@cache
def read(file: Path) -> Script:
    """A built file, read once; ScriptMissing with the remedy where it is not there."""
    if not file.is_file():
        raise ScriptMissing("The browser SDK is not here.", "Build it: make setup (it needs npm).")
    plain = file.read_bytes()
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:16]}"'
    return Script(plain, gzip.compress(plain, mtime=0), etag)
