import os
import signal
import subprocess
import sys

import pytest

from masarat.errors import StoreBusy
from masarat.store.lock import Lock

HOLD = "import sys; from pathlib import Path; from masarat.store.lock import Lock; lock = Lock(Path(sys.argv[1])); lock.take(); lock.describe('http://here', 'secret'); print('held', flush=True); sys.stdin.read()"


def test_a_second_process_is_told_who_holds_the_store(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    mine = Lock(tmp_path)
    assert mine.is_taken()
    assert mine.owner()["url"] == "http://here"
    with pytest.raises(StoreBusy, match=rf"Another Masarat process \({holder.pid}\)"):
        mine.take()
    assert oct((tmp_path / "lock").stat().st_mode & 0o777) == "0o600"
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    mine.take()  # a killed process holds nothing
    mine.release()
    assert not mine.is_taken()
