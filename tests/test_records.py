from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from masarat.records import Records
from masarat.records.models import Record, User
from masarat.settings import Settings


def test_records_survive_reopening(tmp_path):
    settings = Settings(data=tmp_path)
    first = Records(settings)
    with first.transaction() as t:
        t.add(User(email="a@b.sa", role="owner", password_hash="x"))
    first.close()
    again = Records(settings)
    with again.transaction() as t:
        user = t.query(User).one()
    assert user.email == "a@b.sa"
    assert user.created_at.tzinfo is not None
    again.close()


def test_migrations_end_where_the_models_are(tmp_path):
    records = Records(Settings(data=tmp_path))
    with records.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []
    records.close()
