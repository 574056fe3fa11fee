"""The program as somebody types it: what it prints and where it writes."""

import pytest
from click.testing import CliRunner

from masarat.errors import BadParameter
from masarat.shop import Shop
from masarat.show.commands import quarantine, sources

LONG = "orders of the shop in Riyadh 2025.csv"


@pytest.fixture
def shop(store, tmp_path):
    shop = Shop(store.settings)
    shop.__dict__["store"] = store
    path = tmp_path / LONG
    path.write_text("order_id,date,customer,total\n1,2025-01-05,a@b.com,10\n2,some day,a@b.com,10\n")
    shop.import_files([path])
    yield shop
    shop.records.close()


def test_sources_names_files_whole(shop):
    printed = CliRunner().invoke(sources.command, obj=shop, catch_exceptions=False).output
    assert LONG in printed
    assert "2025-01-05" in printed


def test_rows_cannot_be_written_where_no_directory_is(shop, tmp_path):
    with pytest.raises(BadParameter, match="cannot be written: No such file or directory"):
        CliRunner().invoke(
            quarantine.command,
            ["export", str(tmp_path / "none" / "q.csv")],
            obj=shop,
            catch_exceptions=False,
        )
