"""Fetch the typeface of reports and pages: `python web/fonts.py` fills masarat/show/fonts.

IBM Plex Sans Arabic (SIL Open Font License 1.1) comes from its npm package, one pinned version whose checksum is checked here. Only
the archive is fetched: nothing is installed and no script of the package runs. WOFF2 files go to browsers as they are; Typst
reads only TrueType, which is what WOFF files hold, table by table, compressed.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

PACKAGE = "@ibm/plex-sans-arabic@1.1.0"
SHA512 = "bbcc084bab332c0385be5063085666b69288a9b86e22e9e21b637427eb22a3cbd5e88347e7c84fd2dd10358ad297d499b42bf61706f8a101ae649637909e3e40"
WEIGHTS = ("Regular", "Medium", "SemiBold")
FONTS = Path(__file__).parents[1] / "masarat" / "show" / "fonts"


def main() -> None:
    archive = fetch(PACKAGE)
    if hashlib.sha512(archive).hexdigest() != SHA512:
        sys.exit(f"{PACKAGE} is not the file we know: its checksum differs. Nothing was unpacked.")
    FONTS.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        for weight in WEIGHTS:
            name = f"IBMPlexSansArabic-{weight}"
            woff = read(package, f"fonts/complete/woff/{name}.woff")
            (FONTS / f"{name}.ttf").write_bytes(unpack(woff))
            (FONTS / f"{name}.woff2").write_bytes(read(package, f"fonts/complete/woff2/{name}.woff2"))
        (FONTS / "LICENSE.txt").write_bytes(read(package, "LICENSE.txt"))


def fetch(package: str) -> bytes:
    """The package's archive, by npm, with its own settings for where packages come from."""
    if not (npm := shutil.which("npm")):
        sys.exit("The typeface is fetched by npm, which is not here. Install Node.js 20 or newer.")
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(
            [npm, "pack", package, "--pack-destination", place, "--loglevel=error"],
            capture_output=True,
            text=True,
        )
        files = list(Path(place).glob("*.tgz"))
        if done.returncode or not files:
            sys.exit(f"npm could not fetch {package}: {done.stderr.strip()}")
        return files[0].read_bytes()


def read(package: tarfile.TarFile, name: str) -> bytes:
    file = package.extractfile(f"package/{name}")
    if file is None:
        sys.exit(f"{PACKAGE} has no {name}.")
    return file.read()


def unpack(woff: bytes) -> bytes:
    """The TrueType font that a WOFF 1.0 file holds (https://www.w3.org/TR/WOFF/)."""
    flavour, count = struct.unpack_from(">4xI4xH", woff)
    log = count.bit_length() - 1
    header = struct.pack(">IHHHH", flavour, count, 16 << log, log, 16 * count - (16 << log))
    directory, body, start = b"", b"", 12 + 16 * count
    for index in range(count):
        tag, offset, packed, size, checksum = struct.unpack_from(">4s4I", woff, 44 + 20 * index)
        table = woff[offset : offset + packed]
        directory += struct.pack(">4s3I", tag, checksum, start + len(body), size)
        body += zlib.decompress(table) if packed < size else table
        body += bytes(-len(body) % 4)
    return header + directory + body


if __name__ == "__main__":
    main()
