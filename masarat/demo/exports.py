"""What happened at a merchant, as each of their programs exports it: one table a file, columns called and cells written as it does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from masarat.demo.catalogue import CATEGORIES, PRODUCTS
from masarat.demo.choice import Choice
from masarat.demo.merchant import DAYS, SOLD, Merchant, demand, of_shop, vat
from masarat.demo.names import BRANCHES, CITIES
from masarat.demo.people import email_of
from masarat.demo.texts import TICKETS

# Campaign → halalas a day of average demand, for each order of such a day.
META_CAMPAIGNS = {"insta_home": 300, "insta_retargeting": 110, "عروض المواسم": 220}
GOOGLE_CAMPAIGNS = {"brand_search": 90, "coffee_generic": 260}
ASKING, SOLVED = 0.04, 0.92  # of orders lead to a ticket; of tickets are solved
COUNTRIES = {"Saudi Arabia": "SA", "Kuwait": "KW", "United Arab Emirates": "AE", "Bahrain": "BH"}


def riyals(halalas: pl.Expr | str) -> pl.Expr:
    """1234.50, for cells that hold nothing but the number."""
    amount = pl.col(halalas) if isinstance(halalas, str) else halalas
    return (amount / 100).round(2).cast(pl.Decimal(18, 2))


def _moment(made: Merchant) -> pl.Expr:
    """When an order was made, by the shop's clock."""
    start = datetime(made.first.year, made.first.month, made.first.day)  # noqa: DTZ001
    return pl.lit(start) + pl.duration(days="day", seconds="second")


def shopify(choice: Choice, made: Merchant) -> dict[str, pl.DataFrame]:
    """A row a line, with the cells of the order on its first only; a file a year, as a long history is exported in parts."""
    orders = made.orders.join(_buyers(made), on="customer", how="left", maintain_order="left")
    orders = orders.with_columns(order=pl.int_range(pl.len()), at=_moment(made))
    head = orders.select("order", pl.col("at").dt.year().alias("year"), **_of_order())
    rows = made.lines.join(head, on="order", how="left", maintain_order="left")
    once = [name for name in head.columns if name not in ("order", "year", "Name", "Email")]
    is_first = pl.int_range(pl.len()).over("order") == 0
    rows = rows.join(_goods(choice), on="product", how="left", maintain_order="left")
    table = rows.select(
        "year", "Name", "Email", *(pl.when(is_first).then(name).alias(name) for name in once), **_of_line()
    )
    parts = table.partition_by("year", maintain_order=True, include_key=False, as_dict=True)
    return {f"orders_export_{year}.csv": part for (year,), part in parts.items()}


def _of_order() -> dict[str, pl.Expr]:
    status, at = pl.col("status"), pl.col("at").dt.to_string("%Y-%m-%d %H:%M:%S +0300")
    sold, total = status.is_in(SOLD), riyals(pl.col("net") + pl.col("tax"))
    vat_back = pl.when("abroad").then(0).otherwise(vat(pl.col("back")))
    coupon = pl.format("AHLAN{}", "percent")
    return {
        "Name": of_shop(),
        "Email": pl.col("email"),
        "Financial Status": status,
        "Paid at": pl.when(sold).then(at),
        "Fulfillment Status": pl.when(sold).then(pl.lit("fulfilled")).otherwise(pl.lit("unfulfilled")),
        "Accepts Marketing": pl.when("consent_email").then(pl.lit("yes")).otherwise(pl.lit("no")),
        "Currency": pl.lit("SAR"),
        "Subtotal": riyals("subtotal"),
        "Shipping": riyals("shipping"),
        "Taxes": riyals("tax"),
        "Total": total,
        "Discount Code": pl.when(pl.col("percent") > 0).then(coupon),
        "Discount Amount": riyals("discount"),
        "Created at": at,
        "Billing Name": pl.col("name"),
        "Billing City": pl.col("town"),
        "Billing Country": pl.col("country"),
        "Cancelled at": pl.when(status == "voided").then(at),
        "Payment Method": pl.when(status == "pending").then(pl.lit("Cash on Delivery (COD)")).otherwise(pl.lit("mada")),
        "Refunded Amount": riyals(pl.col("back") + vat_back),
        "Outstanding Balance": pl.when(status == "pending").then(total).otherwise(pl.lit(0)),
        "Id": pl.col("number") + 5_000_000_000,
        "Source": pl.lit("web"),
        "Tax 1 Name": pl.when(~pl.col("abroad")).then(pl.lit("VAT 15%")),
        "Tax 1 Value": pl.when(~pl.col("abroad")).then(riyals("tax")),
        "Phone": pl.lit("'") + pl.col("phone"),
    }  # fmt: skip


def _of_line() -> dict[str, pl.Expr]:
    return {
        "Lineitem quantity": pl.col("quantity"),
        "Lineitem name": pl.col("title"),
        "Lineitem price": riyals("price"),
        "Lineitem sku": pl.col("sku"),
        "Lineitem requires shipping": pl.lit("true"),
        "Lineitem taxable": pl.lit("true"),
        "Lineitem discount": pl.lit("0.00"),
        "Vendor": pl.lit("مسارات"),
    }


def _goods(choice: Choice) -> pl.DataFrame:
    titles = [product.name(choice.language) for product in PRODUCTS]
    return pl.DataFrame(
        {"product": np.arange(len(PRODUCTS)), "sku": [product.id for product in PRODUCTS], "title": titles}
    )


def _buyers(made: Merchant) -> pl.DataFrame:
    """Customers as they wrote themselves: some in Arabic, some in Latin letters."""
    arabic, english = (
        dict(enumerate(names)) for names in zip(*((c.arabic, c.english) for c in CITIES), strict=True)
    )
    city = pl.col("city")
    return made.customers.select(
        "customer",
        "phone",
        "consent_email",
        email=email_of(),
        name=pl.when("arabic").then("name_ar").otherwise("name_en"),
        town=pl.when("arabic").then(city.replace_strict(arabic)).otherwise(city.replace_strict(english)),
        country=city.replace_strict({n: COUNTRIES[each.country] for n, each in enumerate(CITIES)}),
    )


def qoyod_invoices(made: Merchant) -> pl.DataFrame:
    whole = made.invoices.with_columns(total=pl.col("net") + pl.col("tax"))
    paid = pl.when(pl.col("state") == "مدفوعة").then("total").otherwise(0)
    return whole.select(
        **{"رقم الفاتورة": "number"},
        **_of_document(made),
        **{"المبلغ المدفوع": riyals(paid), "المبلغ المستحق": riyals(pl.col("total") - paid)},
    )


def qoyod_notes(made: Merchant) -> pl.DataFrame:
    people = made.customers.select("customer", "phone", name="name_ar")
    whole = made.notes.join(people, on="customer", how="left", maintain_order="left")
    whole = whole.with_columns(state=pl.lit("معتمدة"), total=pl.col("net") + pl.col("tax"))
    return whole.select(**{"رقم الإشعار الدائن": "number"}, **_of_document(made))


def _of_document(made: Merchant) -> dict[str, pl.Expr]:
    day = pl.lit(made.first) + pl.duration(days="day")
    return {
        "الرقم المرجعي": pl.col("reference"),
        "تاريخ الإصدار": day.dt.to_string("%d/%m/%Y"),
        "اسم العميل": pl.col("name"),
        "رقم الجوال": pl.col("phone"),
        "الحالة": pl.col("state"),
        "المجموع قبل الضريبة": riyals("net"),
        "الضريبة": riyals("tax"),
        "الإجمالي": riyals("total"),
    }


def spending(choice: Choice, orders: int, campaigns: dict[str, int]) -> pl.DataFrame:
    """What each campaign cost on each day (`amount`, halalas), with what came of it."""
    dice = choice.dice(f"spending {' '.join(campaigns)}")
    asked = demand(choice)
    a_day = asked / asked.mean() * orders / DAYS
    first = choice.until - timedelta(days=DAYS - 1)
    parts = []
    for campaign, halalas in campaigns.items():
        amount = np.round(a_day * halalas * dice.lognormal(0, 0.15, DAYS)).astype(np.int64)
        clicks = np.round(amount / dice.uniform(110, 190, DAYS)).astype(np.int64)
        days = pl.DataFrame({"day": [first + timedelta(days=day) for day in range(DAYS)]})
        shown = clicks * dice.integers(45, 90, DAYS)
        parts.append(days.with_columns(campaign=pl.lit(campaign), amount=amount, clicks=clicks, shown=shown))
    return pl.concat(parts).sort("day", maintain_order=True)


def meta(spent: pl.DataFrame) -> pl.DataFrame:
    return spent.select(
        **{
            "Campaign name": pl.col("campaign"),
            "Day": pl.col("day").cast(pl.String),
            "Amount spent (SAR)": riyals("amount"),
            "Impressions": pl.col("shown"),
            "Reach": pl.col("shown") * 6 // 10,
            "Link clicks": pl.col("clicks"),
            "Results": pl.col("clicks") // 40,
            "Reporting starts": pl.lit(str(spent["day"][0])),
            "Reporting ends": pl.lit(str(spent["day"][-1])),
        }
    )


def google(spent: pl.DataFrame) -> pl.DataFrame:
    return spent.select(
        **{
            "Campaign status": pl.lit("Enabled"),
            "Campaign": pl.col("campaign"),
            "Day": pl.col("day").cast(pl.String),
            "Currency code": pl.lit("SAR"),
            "Cost": riyals("amount"),
            "Impr.": pl.col("shown"),
            "Clicks": pl.col("clicks"),
            "Conversions": pl.format("{}.00", pl.col("clicks") // 40),
        }
    )


def above_google(first: date, last: date) -> str:
    """The title of the report and its period, which stand above the table."""
    return f'Campaign report\n"{first:%B} {first.day}, {first.year} - {last:%B} {last.day}, {last.year}"\n'


def zendesk(choice: Choice, made: Merchant) -> pl.DataFrame:
    """Tickets after orders, by customers who are known there by their e-mail."""
    dice = choice.dice("tickets of three years")
    asking = made.orders.filter(pl.Series(dice.random(len(made.orders)) < ASKING))
    asking = asking.join(_buyers(made), on="customer", how="left", maintain_order="left")
    count, topics = len(asking), list(TICKETS)
    topic = dice.integers(0, len(topics), count)
    minutes, reply = dice.lognormal(4.5, 0.8, count).astype(np.int64) + 5, dice.random(count)
    arabic = [TICKETS[topics[each]][0] for each in topic]
    created = _moment(made) + pl.lit(
        pl.Series(dice.integers(2, 96, count) * 3_600_000).cast(pl.Duration("ms"))
    )
    is_solved = pl.Series(dice.random(count) < SOLVED)
    asking = asking.with_columns(at=created, minutes=minutes)
    asking = asking.with_columns(end=pl.col("at") + pl.duration(minutes="minutes"))
    at, end = (pl.col(name).dt.to_string("%Y-%m-%d %H:%M") for name in ("at", "end"))
    columns: dict[str, pl.Expr | pl.Series] = {
        "Summation column": pl.lit(1),
        "Id": pl.col("at").rank("ordinal") + 2000,
        "Requester": pl.col("name"),
        "Requester id": pl.col("customer") + 9001,
        "Requester external id": pl.lit(""),
        "Requester email": pl.col("email"),
        "Submitter": pl.col("name"),
        "Assignee": pl.Series(np.array(["هدى", "Faisal", "ريم"])[dice.integers(0, 3, count)]),
        "Subject": pl.Series(arabic),
        "Tags": pl.Series([topics[each].replace(" ", "_") for each in topic]),
        "Status": pl.when(is_solved).then(pl.lit("Solved")).otherwise(pl.lit("Open")),
        "Priority": pl.lit("Normal"),
        "Via": pl.lit("Mail"),
        "Created at": at,
        "Updated at": pl.when(is_solved).then(end).otherwise(at),
        "Solved at": pl.when(is_solved).then(end),
        "First reply time in minutes": pl.Series((minutes * reply).astype(np.int64)),
    }
    return asking.select(**columns).sort("Id")


def stock(choice: Choice) -> pl.DataFrame:
    """The merchant's own sheet: every product on every shelf, with its cost and who supplies it."""
    dice, places = choice.dice("stock sheet"), ["المستودع", *(arabic for _, arabic in BRANCHES.values())]
    shelves = [(product, place) for product in PRODUCTS for place in places]
    return pl.DataFrame(
        {
            "رمز الصنف": [product.id for product, _ in shelves],
            "اسم الصنف": [product.arabic for product, _ in shelves],
            "التصنيف": [CATEGORIES[product.category]["ar"] for product, _ in shelves],
            "السعر": [f"{product.price:.2f}" for product, _ in shelves],
            "التكلفة": [f"{product.cost:.2f}" for product, _ in shelves],
            "الفرع": [place for _, place in shelves],
            "الكمية": dice.integers(0, 120, len(shelves)),
            "المورد": [f"مورد {CATEGORIES[product.category]['ar']}" for product, _ in shelves],
            "تاريخ الجرد": [f"{choice.until:%d/%m/%Y}"] * len(shelves),
        }
    )
