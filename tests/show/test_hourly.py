"""What the server does once an hour."""

import asyncio
from types import SimpleNamespace

from masarat.show.http.hourly import hourly
from masarat.show.http.work import Work
from tests.support.loops import run


def test_it_is_done_again_and_again_also_after_a_failure(caplog):
    done = []
    work = Work(SimpleNamespace())

    async def hours():
        enough = asyncio.Event()
        loop = asyncio.get_running_loop()

        def deed():
            done.append(1)
            if len(done) == 3:
                loop.call_soon_threadsafe(enough.set)
            if len(done) == 1:
                raise OSError("disk")

        going = asyncio.create_task(hourly(work, deed, seconds=0))
        await asyncio.wait_for(enough.wait(), 20)
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)

    run(hours())
    work.close()
    assert len(done) >= 3
    assert "What is done every 0 s failed: disk" in caplog.text
