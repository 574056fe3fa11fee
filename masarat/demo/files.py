"""What a merchant has on the day they install Masarat: a folder of exports, each as its program writes it, and what is true of them.

Three years of Shopify orders, Qoyod invoices and credit notes, cost reports of Meta and Google, Zendesk tickets and a stock sheet. The
same choice writes the same files. What happened is in `merchant`, how each program tells it in `exports`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from masarat.demo import exports
from masarat.demo.choice import Choice
from masarat.demo.merchant import ORDERS_EACH, SOLD, Merchant, merchant
from masarat.errors import NotEmpty
from masarat.settings import Language

INVOICES, NOTES, STOCK = "فواتير المبيعات.csv", "الإشعارات الدائنة.csv", "المخزون.csv"
FEWEST = 100  # orders
META, GOOGLE, ZENDESK = "Meta campaigns.csv", "Campaign report.csv", "tickets.csv"


@dataclass(frozen=True, slots=True)
class Written:
    """What is true of the files; money in riyals before VAT. From `matched` on it is what a reconciliation has to find."""

    files: tuple[str, ...]
    rows: int
    orders: int  # in the shop, whatever became of them
    sold: int
    sales: int  # in the shop, or in the books alone
    revenue: float  # of them: with the money of the books where they have it, without delivery
    customers: int  # who bought
    gross: float
    refunds: float
    net: float
    spend: float
    tickets: int
    solved: int
    products: int
    matched: int
    by_reference: int
    different: int
    only_shop: int
    only_books: int
    shop_net: float
    books_net: float
    vat_wrong: int
    vat_zero: int


def write_files(
    folder: Path, orders: int = 200_000, *, until: date, seed: int = 1, language: Language = "en"
) -> Written:
    """Write them into a folder that has nothing else in it; products are called as in `language`."""
    choice = Choice(until, -(-orders // ORDERS_EACH), seed, language)
    made = merchant(choice, orders)
    on_meta, on_google = (
        exports.spending(choice, orders, campaigns)
        for campaigns in (exports.META_CAMPAIGNS, exports.GOOGLE_CAMPAIGNS)
    )
    tables = {
        **exports.shopify(choice, made),
        INVOICES: exports.qoyod_invoices(made),
        NOTES: exports.qoyod_notes(made),
        META: exports.meta(on_meta),
        GOOGLE: exports.google(on_google),
        ZENDESK: exports.zendesk(choice, made),
        STOCK: exports.stock(choice),
    }
    _make(folder, tables)
    for name, table in tables.items():
        with (folder / name).open("wb") as file:
            file.write(exports.above_google(made.first, until).encode() if name == GOOGLE else b"")
            table.with_columns(pl.col(pl.String).replace("", None)).write_csv(file)
    return _truths(made, tables, spent=_total(on_meta, "amount") + _total(on_google, "amount"))


def _make(folder: Path, names: Iterable[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if others := sorted({path.name for path in folder.iterdir()} - set(names)):
        raise NotEmpty(
            f"{folder} has other files in it, such as {others[0]}: importing the folder would take them in too.",
            "Give a new or an empty folder.",
        )


def _truths(made: Merchant, tables: dict[str, pl.DataFrame], spent: int) -> Written:
    sold = made.orders.filter(pl.col("status").is_in(SOLD))
    gross, refunds, net, back = _sums(sold)
    tickets, branch = tables[ZENDESK], made.invoices.filter("of_branch")
    return Written(
        files=tuple(tables),
        rows=sum(map(len, tables.values())),
        orders=len(made.orders),
        sold=len(sold),
        sales=len(sold) + len(branch),
        revenue=_once(made, sold) / 100,
        customers=sold["customer"].n_unique(),
        gross=gross / 100,
        refunds=refunds / 100,
        net=(gross - refunds) / 100,
        spend=spent / 100,
        tickets=len(tickets),
        solved=tickets["Solved at"].count(),
        products=tables[STOCK]["رمز الصنف"].n_unique(),
        shop_net=(net - back) / 100,
        **_reconciled(made, sold),
    )


def _sums(sold: pl.DataFrame) -> tuple[int, int, int, int]:
    """Goods sold and goods given back; the same with delivery, which is given back only with all of the order."""
    whole = sold["status"] == "refunded"
    goods_back = sold.select(pl.when(whole).then("subtotal").otherwise("back").alias("back"))
    return _total(sold, "subtotal"), _total(goods_back, "back"), _total(sold, "net"), _total(sold, "back")


def _once(made: Merchant, sold: pl.DataFrame) -> int:
    """What was sold less what came back, each sale once. A note that meets no refund takes back what the shop takes back as well."""
    undelivered = pl.col("booked") == pl.col("subtotal")  # its delivery was forgotten
    booked = pl.col("booked") - pl.when(undelivered).then(0).otherwise("shipping")
    goods = pl.when(pl.col("fate") == "missing").then("subtotal").otherwise(booked)
    branch, unmet = made.invoices.filter("of_branch"), made.notes.filter(~pl.col("referenced"))
    back = _sums(sold)[1] + _total(unmet, "net")
    return _total(sold.select(goods.alias("goods")), "goods") + _total(branch, "net") - back


def _reconciled(made: Merchant, sold: pl.DataFrame) -> dict[str, Any]:
    """By what was meant when it was made, not by looking for it."""
    fates = dict(sold["fate"].value_counts().iter_rows())
    booked = sold.filter(pl.col("fate") != "missing")
    branch, notes = made.invoices.filter("of_branch"), made.notes
    refunds, named = sold.filter(pl.col("back") > 0), notes.filter("referenced")
    books = _total(booked, "booked") + _total(branch, "net") - _total(notes, "net")
    return {
        "matched": len(booked) + len(named),
        "by_reference": len(booked) - fates.get("unreferenced", 0) + len(named),
        "different": fates.get("different", 0),
        "only_shop": fates.get("missing", 0) + len(refunds) - len(named),
        "only_books": len(branch) + len(notes) - len(named),
        "books_net": books / 100,
        "vat_wrong": fates.get("wrong_vat", 0),
        "vat_zero": len(booked.filter("abroad")) + len(notes.filter(pl.col("tax") == 0)),
    }


def _total(table: pl.DataFrame, name: str) -> int:
    return int(table[name].sum())
