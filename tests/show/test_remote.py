"""One process owns the store; commands beside a server speak to it, and nobody is left guessing."""

import json
import signal

import pytest
from click.testing import CliRunner

from masarat.errors import BadFile, BadParameter, StoreBusy, StoreMissing, UnknownName
from masarat.settings import Settings
from masarat.shop import Shop
from masarat.show.cli import main
from masarat.show.commands.serve import serve
from masarat.show.remote import Refused, RemoteShop, open_shop, revive
from masarat.store.lock import Lock
from tests.support.inside import inside
from tests.support.served import serving
from tests.support.shop import order, write


@pytest.fixture
def both(store, tmp_path):
    """The same shop, here and over HTTP."""
    write(store, [order("a", "2025-01-05", 100), order("b", "2025-02-20", 50)])
    with (
        inside(store, tmp_path) as server,
        RemoteShop(Settings(data=tmp_path), server.url, server.token) as remote,
    ):
        yield server.shop, remote


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_answer_comes_back_whole(both, language):
    here, there = both
    for name in ("revenue", "top_customers"):
        question = {"language": language, "period": "2025-02"}
        assert there.ask(name, **question) == here.ask(name, **question), "days are days again, not texts"


def test_the_steps_come_back(both):
    here, there = both
    assert there.explain("revenue", by="week").sql() == here.explain("revenue", by="week").sql()


def test_refusals_come_back_as_they_were_said(both):
    _, there = both
    with pytest.raises(UnknownName):
        there.ask("revenu")
    with pytest.raises(Refused) as refused:
        there.ask("revenue", period="sometime")
    assert "not a period" in refused.value.sentence
    assert refused.value.remedy


def test_a_silent_server_is_named(tmp_path):
    with RemoteShop(Settings(data=tmp_path), "http://127.0.0.1:9", "x") as there, pytest.raises(StoreMissing):
        there.ask("revenue")


def test_days_are_read_back(store):
    write(store, [order("a", "2025-01-05", 100)])
    shop = Shop(store.settings)
    shop.__dict__["store"] = store
    answer = shop.ask("revenue")
    assert revive(json.loads(answer.model_dump_json())) == answer


def test_without_a_server_the_store_is_opened_here(tmp_path):
    assert isinstance(open_shop(Settings(data=tmp_path)), Shop)
    (tmp_path / "lock").write_text(json.dumps({"pid": 1, "url": "http://127.0.0.1:9", "token": "x"}))
    assert isinstance(open_shop(Settings(data=tmp_path)), Shop), "a lock file left behind by a killed server"


def test_beside_a_server_commands_speak_to_it(served):
    lock = served.data / "lock"
    assert lock.stat().st_mode & 0o777 == 0o600, "it holds a token"
    with open_shop(Settings(data=served.data)) as shop:
        assert isinstance(shop, RemoteShop)
        assert shop.ask("revenue").numbers[0].value == 790
    again = CliRunner().invoke(main, ["--data", str(served.data), "serve"])
    assert again.exit_code == 1
    assert f"served already, at {served.url}" in again.output


def test_a_taken_port_is_said(both):
    here, there = both
    with pytest.raises(BadParameter, match="cannot be listened on"):
        serve(here, port=int(there.url.rpartition(":")[2]))


def test_a_server_killed_or_told_to_stop_leaves_the_store_to_the_next(tmp_path):
    with serving(tmp_path) as server:
        assert server.setup.startswith(f"{server.url}/setup/")
        server.stop(signal.SIGKILL)
    with serving(tmp_path) as server:
        with server.client() as client:
            assert client.get("/ready").json() == {"ready": True}
        assert server.stop(signal.SIGTERM) == "", "nothing went wrong on the way out"
    assert Lock(tmp_path).owner() == {}, "the store was closed"


def test_files_go_in_through_the_server(both, tmp_path):
    _, there = both
    file = tmp_path / "orders.csv"
    file.write_text("order_id,date,customer,total\n1,2025-04-01,c1,10\n2,never,c2,20\n3,2025-04-03,c3,30\n")
    heard = []
    report = there.import_files([file], source="files", progress=lambda *progress: heard.append(progress))[0]
    assert (report.rows, report.added, report.rejected) == (3, 2, 1)
    assert heard[-1][0] == "orders.csv"
    assert there.ask("revenue", period="2025-04").numbers[0].value == 40
    assert [(run.source, run.rows, run.state) for run in there.sources()] == [("files", 3, "done")]
    assert "never" in there.quarantined("files")
    fixed = tmp_path / "fixed.csv"
    fixed.write_text(there.quarantined("files").replace("never", "2025-04-02"), "utf-8")
    assert there.replay(fixed).replayed == 1
    assert there.ask("revenue", period="2025-04").numbers[0].value == 60
    assert there.dismiss("files") == 0
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(Refused, match="empty"):
        there.import_files([empty])


def test_a_file_that_is_not_there_is_said_so(both, tmp_path):
    _, there = both
    for send in (lambda path: there.import_files([path]), there.replay):
        with pytest.raises(BadFile, match=r"none\.csv cannot be opened: No such file"):
            send(tmp_path / "none.csv")


def test_a_report_comes_through_the_server(both):
    here, there = both
    question = {"question": "revenue", "language": "ar", "period": "2025-01"}
    remote, local = (json.loads(shop.report("json", **question)) for shop in (there, here))
    assert remote | {"made_at": ""} == local | {"made_at": ""}
    assert there.report("xlsx", **question).startswith(b"PK")


def test_what_needs_the_store_itself_says_who_has_it(both):
    _, there = both
    with pytest.raises(StoreBusy, match="is using this shop's store"):
        there.load_demo()
