"""The contract of a question: the same answer through Python, the command line and HTTP, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from masarat.analyse import ANALYSES, ask
from masarat.show.accounts import Accounts
from masarat.show.cli import main
from masarat.show.fields import to_text
from masarat.show.tables import to_csv
from tests.support.served import EVENTS, masarat
from tests.support.shop import answer, write

QUESTIONS = [
    pytest.param(kind, language, id=f"{kind.name}-{language}")
    for kind in ANALYSES
    for language in ("ar", "en")
]


@pytest.fixture(scope="module")
def small(engine):
    """The served shop once more, in this process."""
    store = engine.store()
    write(store, EVENTS)
    return store


@pytest.fixture(scope="module")
def client(served, served_records):
    key = Accounts(served_records).add_key("contract", "owner")
    with served.client(key) as client:
        yield client


def example(kind, language) -> Any:
    return kind.example.model_copy(update={"language": language})


def options(question) -> list[str]:
    """The example as somebody would type it."""
    words: list[str] = ["--lang", question.language]
    for name, value in question.model_dump(mode="json", exclude_unset=True, exclude={"language"}).items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            words.append(flag if value else f"--no-{flag[2:]}")
        elif isinstance(value, list):
            words += [word for part in value for word in (flag, to_text(part))]
        elif value is not None:
            words += [flag, to_text(value)]
    return words


@pytest.mark.parametrize(("kind", "language"), QUESTIONS)
def test_one_answer_through_every_door(kind, language, small, served, client):
    question = example(kind, language)
    found = ask(small, question)
    python = found.model_dump(mode="json")
    body = question.model_dump(mode="json", exclude_unset=True) | {"language": language}
    http = client.post(f"/v1/ask/{kind.name}", json=body)
    typed = CliRunner().invoke(
        main, ["--data", str(served.data), "ask", kind.name, *options(question), "--json"]
    )
    assert http.json() == python
    assert json.loads(typed.output) == python
    assert python["sentence"]
    parameters = {name: to_text(value) for name, value in question.model_dump(exclude_unset=True).items()}
    csv = client.get(f"/v1/ask/{kind.name}.csv", params=parameters | {"language": language})
    assert csv.text.removeprefix("\ufeff") == to_csv(found).removeprefix("\ufeff")


@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_one_store_or_two_shards_are_the_same_answer(kind, small):
    answer(small, kind.example)


def test_the_program_itself_says_the_same(small, served):
    typed = masarat(served.data, "ask", ANALYSES[0].name, *options(example(ANALYSES[0], "ar")), "--json")
    assert json.loads(typed.stdout) == ask(small, example(ANALYSES[0], "ar")).model_dump(mode="json"), (
        typed.stderr
    )


def test_the_catalogue_lists_them_all(client):
    assert [entry["name"] for entry in client.get("/v1/catalogue").json()] == [kind.name for kind in ANALYSES]
