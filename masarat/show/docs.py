"""The pages of docs/questions and docs/sources.md, written from questions and sources themselves: `make docs`.

Every page is its question's manual, parameters, answer in both languages and SQL. The answers come from a small sample shop that
is the same on every machine, so a page changes only where its question does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from masarat.analyse import ANALYSES, Analysis, Answer, ask, explain
from masarat.analyse.answer import Column
from masarat.settings import Language, Settings
from masarat.shop import Shop
from masarat.show.catalogue import manual
from masarat.show.docs_sources import sources_page
from masarat.show.fields import Input, inputs, to_text
from masarat.show.tables import cell, heading, voice
from masarat.store import Query, Store
from masarat.words import speaker

LAST_DAY, CUSTOMERS = date(2025, 11, 20), 2_000  # of the sample shop the answers come from
ROWS, WIDTH = 5, 8  # of a table that shows what an answer looks like


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("docs/questions"))
def main(folder: Path) -> None:
    """Write the pages."""
    with tempfile.TemporaryDirectory() as data, Shop(Settings(data=Path(data))) as shop:
        shop.load_demo(customers=CUSTOMERS, until=LAST_DAY, language="en")
        written = write(shop.store, folder, LAST_DAY)
    (folder.parent / "sources.md").write_text(sources_page(), "utf-8")
    click.echo(f"{written} pages in {folder}, and {folder.parent / 'sources.md'}")


def write(store: Store, folder: Path, today: date) -> int:
    """Write one page a question and the list of them, and remove pages of questions that are gone. Returns how many."""
    texts = {f"{kind.name}.md": page(store, kind, today) for kind in ANALYSES} | {"README.md": contents()}
    folder.mkdir(parents=True, exist_ok=True)
    for gone in {path.name for path in folder.glob("*.md")} - texts.keys():
        (folder / gone).unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return len(texts)


def contents() -> str:
    """The list of all questions."""
    rows = [
        (f"[`{kind.name}`]({kind.name}.md)", _say(kind, "about", "en"), _say(kind, "about", "ar"))
        for kind in ANALYSES
    ]
    return f"# Questions\n\nWritten by `make docs` from the questions themselves.\n\n{_table(('question', 'what it answers', 'ما يجيب عنه'), rows)}\n"


def page(store: Store, kind: type[Analysis], today: date) -> str:
    """The page of one question."""
    parts = [
        f"# {_say(kind, 'title', 'en')} · {_say(kind, 'title', 'ar')}",
        manual(kind),
        _rtl(_say(kind, "about", "ar")),
        f"```\nmasarat ask {kind.name}\n```",
        f"## Parameters\n\n{_parameters(kind)}",
        f"## Needs\n\n{_needs(kind)}",
        f"## Columns\n\n{_columns(kind, kind.columns)}",
        f"## Overall numbers\n\n{_columns(kind, kind.numbers)}" if kind.numbers else "",
        f"## An answer\n\nOn the sample shop: `{_call(kind.example)}`.",
        *(_answer(store, kind, language, today) for language in ("en", "ar")),
        f"## How it is computed\n\n{_steps(explain(store, kind.example, today=today))}",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _parameters(kind: type[Analysis]) -> str:
    rows = [
        (
            f"`{each.name}`",
            _allowed(each),
            f"`{to_text(each.default)}`" if to_text(each.default) else "",
            each.description,
        )
        for each in inputs(kind)
        if each.name != "breakdown" or kind.breaks_down
    ]
    return _table(("name", "values", "unless told", "meaning"), rows)


def _allowed(each: Input) -> str:
    if each.choices:
        return ", ".join(f"`{choice}`" for choice in each.choices if choice)
    if each.low is not None and each.high is not None:
        return f"{each.low:,g} to {each.high:,g}"
    return (
        f"{each.low:,g} or more" if each.low is not None else {"flag": "yes or no"}.get(each.type, each.type)
    )


def _needs(kind: type[Analysis]) -> str:
    if not kind.needs:
        return "Any event."
    return "\n".join(
        f"- `{need.event}`" + (f", over at least {need.days} days" if need.days else "")
        for need in kind.needs
    )


def _columns(kind: type[Analysis], columns: Sequence[Column]) -> str:
    english, arabic = speaker(kind.words, "en"), speaker(kind.words, "ar")
    rows = [
        (
            f"`{each.name}`",
            each.kind,
            english.say(each.name),
            english.formula(each.name),
            arabic.say(each.name),
            arabic.formula(each.name),
        )
        for each in columns
    ]
    return _table(("name", "kind", "title", "definition", "الاسم", "التعريف"), rows)


def _answer(store: Store, kind: type[Analysis], language: Language, today: date) -> str:
    answer = ask(store, kind.example.model_copy(update={"language": language}), today=today)
    parts = [f"> {answer.sentence}", *(f"> {note}" for note in answer.notes), _numbers(answer), _rows(answer)]
    text = "\n\n".join(filter(None, parts))
    return _rtl(text) if language == "ar" else text


def _numbers(answer: Answer) -> str:
    speak = voice(answer)
    rows = [(each.title, speak.value(each.kind, each.value, answer.currency)) for each in answer.numbers]
    return _table(("", ""), rows) if rows else ""


def _rows(answer: Answer) -> str:
    columns = answer.columns[:WIDTH]
    rows = [[cell(answer, column, row[column.name]) for column in columns] for row in answer.rows[:ROWS]]
    return _table([heading(answer, column) for column in columns], rows) if rows else ""


def _steps(query: Query) -> str:
    """Every step with its SQL, and what each name in braces is bound to."""
    wanted = {query.last: "the table", query.totals: "overall numbers", query.picture: "the picture"}
    parts = [
        f"### {name}" + (f" → {wanted[name]}" if name in wanted else "") + f"\n\n```sql\n{text.strip()}\n```"
        for name, text in query.steps.items()
    ]
    text = "\n".join(query.steps.values())
    bound = [(f"`{{{name}}}`", f"`{value}`") for name, value in query.values.items() if f"{{{name}:" in text]
    return "\n\n".join([*parts, _table(("bound", "to"), bound)])


def _call(question: Analysis) -> str:
    given = question.model_dump(exclude_unset=True)
    return " ".join(
        [
            "masarat ask",
            question.name,
            *(f"--{name.replace('_', '-')} {to_text(value)}" for name, value in given.items()),
        ]
    )


def _say(kind: type[Analysis], key: str, language: Language) -> str:
    return speaker(kind.words, language).say(key)


def _rtl(text: str) -> str:
    return f'<div dir="rtl">\n\n{text}\n\n</div>'


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    main()
