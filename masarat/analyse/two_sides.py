"""The sales of the books and of everything else: what is compared, and what is found when they have met."""

from __future__ import annotations

from masarat.analyse.meeting import NOBODY, ORDER, PAIR, invoice, numbers
from masarat.analyse.people import OWNER

BOOKS = ("qoyod", "daftra", "zoho_books", "odoo", "zatca")
LONGEST = 10_000  # rows of the list
STATES = ("agrees", "different", "only_shop", "only_books")


def both_sides(only: str) -> str:
    """Every order and refund of the period and of a while around it, each on its own side of a pair. A credit note is known by the numbers of
    its invoice too, and so by that of the order which the invoice names."""
    return f"""
SELECT is_refund, is_books, CAST((item.day, if(is_books, {NOBODY}, item), if(is_books, item, {NOBODY}), ''), '{PAIR}') AS pair,
       if(is_refund AND is_books, arrayDistinct(arrayConcat(known, arrayFlatten(groupArrayIf(known, NOT is_refund) OVER (PARTITION BY invoice)))),
           known) AS numbers
FROM (
    SELECT name = 'Order Refunded' AS is_refund, lower(source) IN {{books:Array(String)}} AS is_books, {numbers()} AS known, {invoice()} AS invoice,
           CAST((toUnixTimestamp64Milli(ts), toDate32(ts, {{timezone:String}}), event_id, order_id, source, {OWNER}, revenue + shipping, tax,
               length(product_ids)), '{ORDER}') AS item
    FROM events
    WHERE name IN ('Order Completed', 'Order Refunded') AND currency = {{currency:String}}
      AND ts >= fromUnixTimestamp64Milli({{from:Int64}}, 'UTC') AND ts < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC'){only}
)"""


# What met in the period (by the day of the shop's order), with what is wrong.
COMPARED = """
SELECT *, abs(toFloat64(gap)) >= slack AND met != '' AS is_off, tells_vat AND vat_apart >= slack AS is_vat_wrong,
       multiIf(NOT in_books, 'only_shop', NOT in_shop, 'only_books', is_off, 'different', 'agrees') AS state,
       is_off AND least(abs(toFloat64(gap) + vat_expected), abs(toFloat64(gap) - toFloat64(shop.net) * {rate:Float64})) < slack AS is_by_vat
FROM (
    SELECT is_refund, day, shop, books, met, in_shop, in_books, books.net - shop.net AS gap, in_books AND books.tax != 0 AS tells_vat,
           toFloat64(books.net) * {rate:Float64} AS vat_expected, if(tells_vat, abs(toFloat64(books.tax) - vat_expected), 0) AS vat_apart,
           {rounding:Float64} + {of_a_line:Float64} * greatest(shop.lines, books.lines) AS slack
    FROM (
        SELECT is_refund, pair.day AS day, pair.shop AS shop, pair.books AS books, pair.met AS met,
               shop.id != '' AS in_shop, books.id != '' AS in_books, if(in_shop, shop.at, books.at) AS at
        FROM met
    )
    WHERE at >= {start:Int64} AND at < {end:Int64} AND (met != '' OR shop.net != 0 OR books.net != 0)
)"""

_AMOUNTS = ",\n       ".join(
    f"sumIf(greatest(abs(shop.net), abs(books.net)), state = '{state}') AS {state}_amount" for state in STATES
)
_STAKES = ", ".join(
    f"sumIf(abs(gap), state = '{state}') AS {state}_stake" for state in STATES if state != "agrees"
)
# One row: the overall numbers, and the list of what needs a look, the most money first. All in one, since meeting costs far more than counting.
FOUND = f"""
SELECT count() AS compared, countIf(in_shop) AS of_shop, countIf(in_books) AS of_books, countIf(met != '') AS matched,
       countIf(met = 'reference') AS by_reference, countIf(state = 'different') AS different,
       countIf(state = 'only_shop') AS only_shop, countIf(state = 'only_books') AS only_books,
       countIf(state != 'agrees' OR is_vat_wrong) AS apart, sum(shop.net) AS shop_net, sum(books.net) AS books_net,
       sum(gap) AS difference, countIf(is_vat_wrong) AS vat_wrong, countIf(in_books AND NOT tells_vat) AS vat_zero,
       countIf(tells_vat) AS vat_told, sumIf(toDecimal128(vat_apart, 4), is_vat_wrong) AS vat_stake, countIf(is_by_vat) AS by_vat,
       {_AMOUNTS},
       {_STAKES},
       arraySort(groupUniqArrayIf(shop.source, in_shop)) AS shop_sources, arraySort(groupUniqArrayIf(books.source, in_books)) AS books_sources,
       minIf(shop.day, in_shop) AS shop_first, maxIf(shop.day, in_shop) AS shop_last,
       minIf(books.day, in_books) AS books_first, maxIf(books.day, in_books) AS books_last,
       arraySlice(groupArraySortedIf({LONGEST})((-greatest(abs(toFloat64(gap)), if(is_vat_wrong, vat_apart, 0)), day, shop.id, books.id,
           shop.number, books.number, shop.source, books.source, toFloat64(shop.net), toFloat64(books.net), toFloat64(gap),
           toFloat64(books.tax), round(vat_expected, 4), is_refund, met, state, is_vat_wrong), state != 'agrees' OR is_vat_wrong),
           1, {{limit:UInt32}}) AS listed
FROM compared"""

LISTED = (
    *("stake", "day", "shop_id", "books_id", "order", "invoice", "shop_source", "books_source", "shop_net", "books_net"),
    *("difference", "books_vat", "vat_expected", "is_refund", "met", "state", "is_vat_wrong"),
)  # fmt: skip
