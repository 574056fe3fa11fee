"""Records on a PostgreSQL: what was written of somebody stands in its files, and after the erasure in none, its log and its statistics included."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from masarat.act.privacy import Privacy
from masarat.records import Records, notes
from masarat.records.models import Consent, Relation, ReviewPair
from masarat.resolve.identity import Identity
from masarat.settings import Settings
from masarat.show.certificate import write as write_certificate
from tests.support.bytes_on_disk import holding
from tests.support.shop import order, write

LATIFA = "user:latifa-5521"
TEXTS = [
    "latifa-5521", "لطيفة تسأل عن الهيل", "عميلة المعرض الشتوي", "أوافق على عروض الشتاء", "جارة ريم في حي الملقا",
    "latifa.5521@example.com",
]  # fmt: skip
STAYS = "ريم تفضل الدفع عند الاستلام"


@pytest.fixture
def kept(postgres, tmp_path):
    with postgres.database(postgres.made) as address:
        records = Records(Settings(data=tmp_path, records=address))
        yield records
        records.close()


def fill(store, kept):
    """Latifa in each table that knows people; the planner of the database has looked at them."""
    mine = [order(LATIFA, "2025-01-05", 100, identifiers=[LATIFA, "email:latifa.5521@example.com"])]
    write(store, [*mine, order("user:reem", "2025-01-06", 70)])
    identity = Identity(store, store.settings)
    identity.take_imported([""])
    with kept.transaction() as t:
        for _ in range(3):
            notes.add_note(t, LATIFA, "لطيفة تسأل عن الهيل", "cli")
        notes.add_tag(t, LATIFA, "عميلة المعرض الشتوي", "cli")
        notes.add_note(t, "user:reem", STAYS, "cli")
        notes.add_note(t, "user:reem", "صديقة latifa.5521@example.com", "cli")
        told = {"one": "user:reem", "other": LATIFA, "kind": "household", "role": "جارة ريم في حي الملقا"}
        t.add(Relation(**told, author="cli"))
        t.add(ReviewPair(one=LATIFA, other="user:reem", probability=0.5, strong=False))
    kept.consent.add(
        [
            Consent(identifier=LATIFA, purpose="marketing", channel="email", status="granted", source="form",
                    at=datetime(2025, 1, 1, tzinfo=UTC), evidence="أوافق على عروض الشتاء"),
        ],
        "cli",
    )  # fmt: skip
    return identity


def test_no_file_of_the_database_has_them(store, kept, postgres):
    identity = fill(store, kept)
    with kept.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    postgres.run("CHECKPOINT")
    found = holding(postgres.home, [*TEXTS, STAYS])
    assert {one for here in found.values() for one in here} == {*TEXTS, STAYS}, "the control"
    assert any("pg_wal" in path for path in found)

    certificate = Privacy(store, kept, identity, lambda: None).erase(LATIFA)
    assert certificate["log_kept"] is False
    assert holding(postgres.home, TEXTS) == {}
    assert holding(postgres.home, [STAYS]), "others stay"


def test_a_log_that_is_not_ours_is_admitted(store, postgres, tmp_path):
    """The records belong to a user who may not touch the server's log: tables and statistics are clean, and the certificate tells of the log."""
    postgres.run("CREATE ROLE shopkeeper LOGIN PASSWORD 'small'")
    postgres.run("CREATE DATABASE records_of_shopkeeper OWNER shopkeeper")
    address = f"postgresql://shopkeeper:small@127.0.0.1:{postgres.port}/records_of_shopkeeper"
    settings = Settings(data=tmp_path, records=address)
    kept = Records(settings)
    identity = fill(store, kept)
    certificate = Privacy(store, kept, identity, lambda: None).erase(LATIFA)
    kept.close()
    postgres.run("CHECKPOINT")  # away with files of tables that were written anew
    assert certificate["log_kept"] is True
    assert all("pg_wal" in path for path in holding(postgres.home, TEXTS))
    paper = write_certificate(certificate, "txt", "en", settings).decode()
    assert "write-ahead log" in paper
    postgres.run("DROP DATABASE records_of_shopkeeper")
    postgres.run("DROP ROLE shopkeeper")
