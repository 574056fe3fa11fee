"""Two lists of orders, and which of the one is which of the other: SQL in steps, the same for numbers and for customers.

Everything that could meet is brought together by one GROUP BY (all of one number, all of one customer), cut where it lies too far apart in
time, and met there: the nearest first, each order once. Nothing is joined, so one machine and many give the same pairs.
"""

from __future__ import annotations

from masarat.analyse.folding import folded

# An order of one side; where nothing stands on a side, its id is empty. net is before VAT, with delivery; at in milliseconds.
ORDER = "Tuple(at Int64, day Date32, id String, number String, source String, customer UInt64, net Decimal(18, 4), tax Decimal(18, 4), lines UInt64)"
PAIR = f"Tuple(day Date32, shop {ORDER}, books {ORDER}, met String)"
NOBODY = f"CAST((0, toDate32(0), '', '', '', 0, 0, 0, 0), '{ORDER}')"

TOLD = ("reference", "original", "order_ref")  # properties in which books tell the number of the shop's order
REACH_DAYS = 92  # a quarter: numbers start over, and books are closed by then
MOST = 1_000  # orders of one number or customer near each other, above which neither names anybody ("walk-in customer")

# Amounts are the same within so many percent, or so many units of the currency where that is more.
SAME = "abs(toFloat64({one} - {other})) <= {{tolerance:Float64}} * greatest(1, abs(toFloat64({one})) / 100)"


def number(text: str) -> str:
    """SQL for an order number as it is compared: '#00 12-A', '١٢a' and '12a' are one."""
    return f"replaceRegexpOne(replaceRegexpAll({folded(text)}, '[\\\\s\\\\p{{Pd}}]', ''), '^[#0]+', '')"


def numbers() -> str:
    """SQL for the numbers under which an order may be known: in the books its own, and those told beside it; in a shop one alone, of a refund
    that of the order which it names."""
    own, original = number("order_id"), number(_told("original"))
    told = ", ".join(number(_told(name)) for name in TOLD)
    ours = f"[if(is_refund AND {original} != '', {original}, {own})]"
    return f"arrayDistinct(arrayFilter(number -> number != '', if(is_books, [{own}, {told}], {ours})))"


def invoice() -> str:
    """SQL for what a document of the books is about, the same for an invoice and for the credit notes that name it; else its event alone.

    Programs tell the invoice by a key of their own (`invoice_id`), or by its number.
    """
    by_number = f"if(is_refund, {number(_told('original'))}, {number('order_id')})"
    told = f"if({_told('invoice_id')} != '', concat('id ', {_told('invoice_id')}), {by_number})"
    return f"if(is_books AND {told} != '', concat(source, ' ', {told}), event_id)"


def _told(name: str) -> str:
    return f"ifNull(toString(props.{name}), '')"


def together(source: str, key: str, reach: str) -> str:
    """The step that gathers the pairs of `source` by a key and cuts them where neighbours lie further apart than `reach` days."""
    return f"""
SELECT is_refund, arrayMap(pair -> pair.shop, arrayFilter(pair -> pair.met = '' AND pair.shop.id != '', run)) AS shop,
       arrayMap(pair -> pair.books, arrayFilter(pair -> pair.met = '' AND pair.books.id != '', run)) AS books,
       arrayFilter(pair -> pair.met != '', run) AS met_before
FROM (
    SELECT is_refund, arrayJoin(arraySplit((pair, gap) -> gap > {reach}, pairs, arrayDifference(pairs.day))) AS run
    FROM (SELECT is_refund, arraySort(groupArray(pair)) AS pairs FROM {source} GROUP BY is_refund, {key})
)"""


def nearest(gathered: str, reach: str, *, same: bool) -> dict[str, str]:
    """The steps that meet what is together: `chosen` are the places of the shop's orders, and of those of the books that they meet.

    Candidates are ordered (the same amount, the nearest day, the nearest time, the earliest) and taken one by one, where both are still free.
    With `same`, other amounts are no candidates.
    """
    differs = f"NOT ({SAME.format(one='ours.3', other='theirs.3')})"
    wanted = f"candidate.2 <= {reach}"
    if same:
        differs, wanted = f"ours.3 = 0 OR {differs}", f"{wanted} AND NOT candidate.1"
    bare = "arrayMap(each -> (each.at, toInt32(each.day), each.net), if(is_telling, {side}, []))"
    return {
        f"bare_{gathered}": f"""
SELECT is_refund, shop, books, met_before, length(shop) <= {MOST} AND length(books) <= {MOST} AS is_telling,
       {bare.format(side="shop")} AS of_shop, {bare.format(side="books")} AS of_books
FROM {gathered}""",
        f"near_{gathered}": f"""
SELECT is_refund, shop, books, met_before,
       arraySort(arrayFlatten(arrayMap((ours, i) -> arrayFilter(candidate -> {wanted},
           arrayMap((theirs, j) -> ({differs}, abs(ours.2 - theirs.2), abs(ours.1 - theirs.1), i, j), of_books, arrayEnumerate(of_books))),
           of_shop, arrayEnumerate(of_shop)))) AS candidates
FROM bare_{gathered}""",
        f"chosen_{gathered}": f"""
SELECT is_refund, shop, books, met_before,
       arrayFold((taken, next) -> if(has(taken.1, next.4) OR has(taken.2, next.5), taken,
           (arrayPushBack(taken.1, next.4), arrayPushBack(taken.2, next.5))),
           candidates, (CAST([], 'Array(UInt32)'), CAST([], 'Array(UInt32)'))) AS chosen
FROM near_{gathered}""",
    }


def pairs(chosen: str, how: str) -> str:
    """The step that gives one row a pair, and one an order that met none."""
    return f"""
SELECT is_refund, arrayJoin(arrayConcat(met_before,
    arrayMap((i, j) -> CAST((shop[i].day, shop[i], books[j], '{how}'), '{PAIR}'), chosen.1, chosen.2),
    arrayMap(each -> CAST((each.day, each, {NOBODY}, ''), '{PAIR}'), arrayFilter((each, i) -> NOT has(chosen.1, i), shop, arrayEnumerate(shop))),
    arrayMap(each -> CAST((each.day, {NOBODY}, each, ''), '{PAIR}'), arrayFilter((each, j) -> NOT has(chosen.2, j), books, arrayEnumerate(books)))
    )) AS pair
FROM {chosen}"""


def meeting(orders: str, days: str) -> dict[str, str]:
    """The steps from `orders` (is_refund, numbers, pair with one side empty) to `met`: one row a pair or an order that stands alone.

    They meet by number within REACH_DAYS, what is left by customer and amount within so many `days`.
    """
    return by_number(orders, str(REACH_DAYS)) | by_customer(days)


def by_number(orders: str, reach: str, *, same: bool = False) -> dict[str, str]:
    """The steps from `orders` to `settled`: pairs of one number, where `same` is asked only those of one amount, and what met nothing."""
    return {
        "numbered": f"""
SELECT is_refund, pair, arrayJoin(if(empty(numbers), [concat(' ', pair.shop.id, pair.books.id)], numbers)) AS number
FROM {orders}""",
        "of_numbers": together("numbered", "number", reach),
        **nearest("of_numbers", reach, same=same),
        "met_by_number": pairs("chosen_of_numbers", "reference"),
        # An order of the books that has several numbers may have met several: the closest stays.
        "settled": f"""
SELECT is_refund, arrayJoin(arrayConcat([claims[1].4], arrayMap(
    claim -> CAST((claim.4.shop.day, claim.4.shop, {NOBODY}, ''), '{PAIR}'),
    arrayFilter(claim -> claim.4.met != '', arraySlice(claims, 2))))) AS pair
FROM (
    SELECT is_refund, arraySort(groupArray((pair.met = '', abs(pair.shop.net - pair.books.net), abs(pair.shop.at - pair.books.at), pair)))
               AS claims
    FROM met_by_number GROUP BY is_refund, if(pair.books.id = '', concat(' ', pair.shop.id), pair.books.id)
)""",
    }


def by_customer(days: str) -> dict[str, str]:
    """The steps from `settled` to `met`: what met by number, and beside it pairs of one customer and amount."""
    return {
        "named": """
SELECT is_refund, pair, greatest(pair.shop.customer, pair.books.customer) AS customer,
       if(pair.met != '' OR customer = 0, concat(' ', pair.shop.id, pair.books.id), toString(customer)) AS whose
FROM settled""",
        "of_customers": together("named", "whose", days),
        **nearest("of_customers", days, same=True),
        "met": pairs("chosen_of_customers", "amount"),
    }
