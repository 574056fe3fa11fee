"""A PostgreSQL of the tests' own: found, or got as Debian's package where we are root; started in a directory that goes with it.

`python -m tests.support.postgres` says which one will be used, and fails with the remedy where there is none.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

USER, PASSWORD = "masarat", "three small words"
REMEDY = "Install it (Debian: apt-get install postgresql) or name its programs in POSTGRES=/path/to/bin."
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB")
UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Postgres:
    """A running server; its only user needs a password."""

    port: int
    home: Path  # where all of it lies
    made: str = ""  # a database in which records were made

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        return f"postgresql://{USER}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str, *values: object) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql, values)

    @contextmanager
    def database(self, like: str = "") -> Iterator[str]:
        """The address of an empty database, or of a copy of one, as long as the block lasts."""
        name = f"masarat_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {like or 'template1'}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


def find() -> Path | None:
    """The directory of the server's programs on this machine; of several versions the newest."""
    if named := os.environ.get("POSTGRES", ""):
        return Path(named)
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    found = [path for path in debian if (path / "initdb").is_file()]
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


def get() -> Path | None:
    """The same, installed now if need be."""
    if (found := find()) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "postgresql"]):
        subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL)
    return find()


@contextmanager
def running() -> Iterator[Postgres]:
    """A server, as long as the block lasts; it also ends when whoever started it is killed."""
    programs = find()
    assert programs, f"The tests of the records need PostgreSQL, and there is none. {REMEDY}"
    home = Path(tempfile.mkdtemp(prefix="masarat-postgres-"))
    user = _unprivileged()
    if user:
        shutil.chown(home, user.pw_uid, user.pw_gid)
    try:
        _make(programs, home, user)
        port = _free_port()
        server = _start(programs, home, user, port)
        try:
            yield _answering(Postgres(port, home), server)
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.communicate(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as: it refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)


def _as(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _make(programs: Path, home: Path, user: pwd.struct_passwd | None) -> None:
    secret = home / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    subprocess.run(
        [programs / "initdb", "--pgdata", home / "data", "--username", USER, "--pwfile", secret,
         "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, cwd=home, env=_environment(), **_as(user),
    )  # fmt: skip


def _start(programs: Path, home: Path, user: pwd.struct_passwd | None, port: int) -> subprocess.Popen[bytes]:
    setpriv = shutil.which("setpriv")
    leaving = [setpriv, "--pdeathsig", "QUIT", "--"] if setpriv else []
    options = [word for setting in (*SPEED, f"unix_socket_directories={home}") for word in ("-c", setting)]
    return subprocess.Popen(
        [*leaving, programs / "postgres", "-D", home / "data", "-h", "127.0.0.1", "-p", str(port), *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=home, env=_environment(), **_as(user),
    )  # fmt: skip


def _answering(postgres: Postgres, server: subprocess.Popen[bytes]) -> Postgres:
    until = time.monotonic() + 30
    while True:
        assert server.poll() is None, server.communicate()[0].decode()
        try:
            postgres.run("SELECT 1")
            return postgres
        except psycopg.OperationalError:
            assert time.monotonic() < until, "PostgreSQL does not answer"
            time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


if __name__ == "__main__":
    programs = get()
    if not programs:
        sys.exit(f"The tests of the records need PostgreSQL, and there is none. {REMEDY}")
    sys.stdout.write(f"Tests of the records use {programs / 'postgres'}\n")
