"""Files that come in over HTTP: streamed to the data directory, never into memory, and removed afterwards."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, FormParser, create_form_parser
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from masarat.errors import BadParameter

REMEDY = "Send multipart/form-data with the file in the field 'file'."


@dataclass(slots=True)
class Upload:
    """A form with files: where these lie, under the names they came with, and the other fields."""

    directory: Path
    files: list[Path] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def remove(self) -> None:
        shutil.rmtree(self.directory, ignore_errors=True)


async def receive(request: Request) -> Upload:
    """The uploaded form, all of it on disk. Whoever takes it removes it."""
    parent = request.app.state.shop.settings.data / "uploads"
    parent.mkdir(parents=True, exist_ok=True)
    upload = Upload(Path(tempfile.mkdtemp(dir=parent)))
    try:
        await _fill(upload, request)
    except BaseException:
        upload.remove()
        raise
    return upload


async def _fill(upload: Upload, request: Request) -> None:
    parser = _parser(request, upload)
    try:
        async for chunk in request.stream():
            await run_in_threadpool(parser.write, chunk)
        await run_in_threadpool(parser.finalize)
    except FormParserError:
        raise BadParameter("The upload cannot be read.", REMEDY) from None
    if not upload.files:
        raise BadParameter("No file was sent.", REMEDY)


def _parser(request: Request, upload: Upload) -> FormParser:
    def on_field(item: Field) -> None:
        upload.fields[_text(item.field_name)] = _text(item.value)

    def on_file(item: File) -> None:
        if item.file_name:  # a form sent without choosing a file has one without a name
            upload.files.append(_keep(item, upload.directory))
        item.close()

    content_type = request.headers.get("content-type", "")
    if not content_type.startswith("multipart/form-data"):
        raise BadParameter("This is not an upload.", REMEDY)
    config = {"UPLOAD_DIR": str(upload.directory), "MAX_MEMORY_FILE_SIZE": 0, "UPLOAD_DELETE_TMP": False}
    try:
        return create_form_parser({"Content-Type": content_type.encode()}, on_field, on_file, config)
    except FormParserError:
        raise BadParameter("The upload cannot be read.", REMEDY) from None


def _keep(item: File, directory: Path) -> Path:
    """The file under its own name, in a directory of its own."""
    if item.in_memory:
        item.flush_to_disk()
    item.file_object.flush()
    written = Path(_text(item.actual_file_name))
    own = Path(tempfile.mkdtemp(dir=directory)) / file_name(_text(item.file_name))
    return written.rename(own)


def file_name(given: str) -> str:
    """The last part of a name, which may come with the folders of another system, without what no name needs."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if c.isprintable()).lstrip(".").strip()
    return name[-120:] or "upload"


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")
