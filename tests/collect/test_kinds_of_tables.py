"""Every kind of table: what its rows come to, in Arabic and in English, and that a second time changes nothing."""

from __future__ import annotations

import json
import re

import pytest

from masarat.collect.choosing import Choices, choose
from masarat.collect.importing import import_files
from masarat.collect.kinds import KINDS
from masarat.collect.reading import open_file
from masarat.collect.sources import SOURCES

# Kind → the same table twice: as an English program writes it, and as an Arabic one does, saved by Excel and with notes around it.
TABLES: dict[str, tuple[str, str]] = {
    "contacts": (
        "first name,last name,email,phone,city,gender,birthday\nSara,Al-Harbi,sara@example.com,+966551234567,الرياض,female,1990-04-02\n"
        "Noura,,noura@example.com,,جدة,,\n",
        "الاسم الأول,اسم العائلة,البريد الإلكتروني,رقم الجوال,المدينة,الجنس,تاريخ الميلاد\nSara,Al-Harbi,SARA@example.com,٠٥٥١٢٣٤٥٦٧,الرياض,female,1990-04-02\n"
        ",,,,,,\nNoura,,noura@example.com,,جدة,,\n",
    ),
    "products": (
        "sku,product name,category,price,cost,stock,supplier,lead time,expiry date\nCF-1,قهوة خولانية,قهوة,115,60.50,40,مزارع الداير,14,2026-03-25\n"
        "DL-9,Dallah,Home,300,150,0,Najd,30,\n",
        "رمز المنتج,اسم المنتج,التصنيف,السعر,سعر التكلفة,المخزون,المورد,مدة التوريد,تاريخ الصلاحية\nCF-1,قهوة خولانية,قهوة,١١٥,٦٠٫٥٠,٤٠,مزارع الداير,١٤,25/03/2026\n"
        ",,,,,,,,\nDL-9,Dallah,Home,٣٠٠,١٥٠,٠,Najd,٣٠,\n",
    ),
    "costs": (
        "day,channel,campaign,amount spent (SAR),impressions,clicks\n2025-03-25,paid social,ramadan,\"1,250.75\",50000,700\n2025-03-26,paid search,brand,99,1000,80\n",
        "اليوم,القناة,الحملة,المبلغ المصروف (ر.س),مرات الظهور,النقرات\n25/03/2025,paid social,ramadan,١٬٢٥٠٫٧٥,٥٠٠٠٠,٧٠٠\n26/03/2025,paid search,brand,٩٩,١٠٠٠,٨٠\nالإجمالي,,,١٬٣٤٩٫٧٥,٥١٠٠٠,٧٨٠\n",
    ),
    "tickets": (
        "ticket id,created at,solved at,subject,status,assignee,email\n71,2025-03-25 10:00,2025-03-25 11:30,late order,solved,Huda,sara@example.com\n72,2025-03-26 09:00,,refund,open,Ali,\n",
        "رقم التذكرة,تاريخ الإنشاء,تاريخ الحل,الموضوع,الحالة,الموظف,البريد الإلكتروني\n٧١,25/03/2025 10:00,25/03/2025 11:30,late order,solved,Huda,sara@example.com\n٧٢,26/03/2025 09:00,,refund,open,Ali,\n",
    ),
    "calls": (
        "date,phone,direction,duration,outcome,agent\n2025-03-25 10:00,+966551234567,inbound,0:03:25,answered,Huda\n2025-03-25 12:00,+966551234567,outbound,40,no answer,Ali\n",
        "التاريخ,رقم الهاتف,نوع المكالمة,مدة المكالمة,نتيجة المكالمة,الموظف\n25/03/2025 10:00,٠٥٥١٢٣٤٥٦٧,واردة,٣:٢٥,answered,Huda\n25/03/2025 12:00,٠٥٥١٢٣٤٥٦٧,صادرة,٤٠,no answer,Ali\n",
    ),
    "conversations": (
        "conversation id,created at,first reply at,closed at,messages,phone\nc1,2025-03-25 10:00,2025-03-25 10:05,2025-03-25 10:30,6,+966551234567\n",
        "رقم المحادثة,تاريخ الإنشاء,وقت أول رد,وقت الإغلاق,عدد الرسائل,رقم الجوال\nc1,25/03/2025 10:00,25/03/2025 10:05,25/03/2025 10:30,٦,٠٥٥١٢٣٤٥٦٧\n",
    ),
    "mails": (
        "event,timestamp,campaign,subject,email,url\ndelivered,2025-03-25 10:00,ramadan,Offers,sara@example.com,\nclicked,2025-03-25 12:00,ramadan,Offers,sara@example.com,/p/1\n",
        "الحدث,التاريخ,الحملة,الموضوع,البريد الإلكتروني,رابط الصفحة\nتم الإرسال,25/03/2025 10:00,ramadan,Offers,SARA@example.com,\nنقر الرابط,25/03/2025 12:00,ramadan,Offers,sara@example.com,/p/1\n",
    ),
    "answers": (
        "response id,date,email,How likely are you to recommend us?,How satisfied are you?,Any comments\n9,2025-03-25 10:00,sara@example.com,9,4,fast\n",
        "رقم الاستجابة,التاريخ,البريد الإلكتروني,ما مدى احتمال أن توصي بنا؟,ما مدى رضاك؟,ملاحظات\n9,25/03/2025 10:00,sara@example.com,٩,راضٍ,fast\n",
    ),
    "payments": (
        "receipt number,date,invoice number,amount paid,payment method,email\nR-1,2025-03-25,INV-7,115.00,mada,sara@example.com\n",
        "رقم السند,التاريخ,رقم الفاتورة,المبلغ المدفوع,طريقة الدفع,البريد الإلكتروني\nR-1,25/03/2025,INV-7,١١٥٫٠٠,mada,sara@example.com\n",
    ),
    "purchases": (
        "order number,date,supplier,sku,product name,quantity,unit cost,expected date,received date\nPO-1,2025-03-01,Najd,DL-9,Dallah,50,150,2025-03-25,2025-03-28\n",
        "رقم الطلب,التاريخ,المورد,رمز المنتج,اسم المنتج,الكمية,سعر الشراء,تاريخ التسليم المتوقع,تاريخ الاستلام\nPO-1,01/03/2025,Najd,DL-9,Dallah,٥٠,١٥٠,25/03/2025,28/03/2025\n",
    ),
    "searches": (
        "Top queries,Clicks,Impressions,CTR,Position\nقهوة خولانية,120,4000,3%,2.4\ndallah,30,900,3.33%,5\n",
        "طلبات البحث الأكثر رواجًا,النقرات,مرات الظهور,نسبة النقر إلى الظهور,الموضع\nقهوة خولانية,١٢٠,٤٠٠٠,3%,٢٫٤\ndallah,٣٠,٩٠٠,3.33%,٥\n",
    ),
    "moves": (
        "event,timestamp,user id,page,device\nProduct Viewed,2025-03-25 10:00,7,/p/1,mobile\n",
        "الحدث,التاريخ,معرف المستخدم,رابط الصفحة,الجهاز\nProduct Viewed,25/03/2025 10:00,7,/p/1,mobile\n",
    ),
}  # fmt: skip


def events(store):
    return store.select(
        "SELECT name, toString(ts, 'Asia/Riyadh') AS at, visitor_id, order_id, revenue, product_ids, product_quantities, toString(props) AS props"
        " FROM events ORDER BY name, ts, visitor_id, props, product_ids"
    )


def tables(store):
    return [
        store.select("SELECT product_id, name, name_ar, category, price, cost, currency FROM products ORDER BY product_id"),
        store.select("SELECT day, channel, campaign, amount, currency, impressions, clicks FROM costs ORDER BY ALL"),
        store.select("SELECT trait, value, visitor_id FROM traits ORDER BY ALL"),
    ]  # fmt: skip


WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.", "٬")  # Windows-1256 knows no others


def as_excel_saves_it(text: str) -> bytes:
    text = text.translate(WESTERN)
    return ("شركة المثال\r\n\r\n" + text.replace("\n", "\r\n")).encode("windows-1256", "replace")


@pytest.mark.parametrize("kind", TABLES)
def test_is_seen_by_its_columns(kind, tmp_path, records, store):
    for place, text in enumerate(TABLES[kind]):
        path = tmp_path / f"{place}.csv"
        path.write_text(text, "utf-8")
        for encoded in (text.encode(), text.encode("utf-8-sig"), as_excel_saves_it(text)):
            path.write_bytes(encoded)
            chosen = choose(open_file(path)[0], Choices(source="here"), records, store.settings)
            assert chosen.mapping.kind == kind


@pytest.mark.parametrize("kind", TABLES)
def test_one_story_in_both_languages_and_no_second_time(kind, engine, take, records, tmp_path):
    told = []
    for text in TABLES[kind]:
        store = engine.store()
        report = _take(store, records, tmp_path, text)
        assert (report.kind, report.rejected - text.count("الإجمالي,")) == (kind, 0), report
        first = events(store), tables(store)
        again = _take(store, records, tmp_path, text)
        assert (again.added, again.restated) == (0, 0)
        assert (events(store), tables(store)) == first
        told.append(first)
    if kind in ("contacts", "searches", "products"):  # which happen when they come in
        told = [([{**row, "at": ""} for row in rows], more) for rows, more in told]
    english, arabic = told
    assert _bare(arabic) == _bare(english)


def _take(store, records, tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    return import_files(store, records, [path], Choices(source="here", dates="dmy"))[0]


def _bare(told):
    """Without what stands under the headers' own words: questions, and what no field took."""
    rows, more = told
    own = [{**row, "props": json.loads(row["props"])} for row in rows]
    for row in own:
        row["props"] = {
            k: v for k, v in row["props"].items() if re.fullmatch("[a-z_]+", k) and k != "question"
        }
    return own, more


def test_every_kind_but_orders_has_its_table_here():
    assert set(TABLES) == {kind.name for kind in KINDS} - {"orders"}


# By hand


def props(store, name, *paths):
    columns = ", ".join(f"toString(props.{path}) AS {path}" for path in paths)
    return store.select(
        f"SELECT {columns} FROM events WHERE name = {{name:String}} ORDER BY ts", {"name": name}
    )


def test_a_ticket_has_its_minutes(take, store):
    take(TABLES["tickets"][0], "t.csv")
    assert props(store, "Ticket Solved", "ticket_id", "minutes", "topic") == [
        {"ticket_id": "71", "minutes": "90", "topic": "late order"}
    ]
    take(
        TABLES["tickets"][0].replace(
            "2025-03-26 09:00,,refund,open", "2025-03-26 09:00,2025-03-26 09:20,refund,solved"
        ),
        "t.csv",
    )
    assert [row["minutes"] for row in props(store, "Ticket Solved", "minutes")] == ["90", "20"]
    assert len(props(store, "Ticket Opened", "ticket_id")) == 2


def test_who_called_whom(take, store):
    take(TABLES["calls"][0], "c.csv")
    assert props(store, "Call Received", "seconds", "agent") == [{"seconds": "205", "agent": "Huda"}]
    assert props(store, "Call Made", "seconds", "agent") == [{"seconds": "40", "agent": "Ali"}]


PARTIES = (
    "Date,Call ID,Caller,Called,Talk Time,Status\n"
    "2025-03-25 10:00,1,0551234567,101,60,answered\n"
    "2025-03-25 11:00,2,101,0551234567,0,no answer\n"
    "2025-03-25 12:00,3,101,102,30,answered\n"
    "2025-03-25 13:00,4,anonymous,0112345678,5,answered\n"
    "2025-03-25 14:00,5,Huda (101),Sara (0551234567),9,\n"
)


def test_of_two_parties_the_one_outside_is_the_customer(take, store):
    report = take(PARTIES, "c.csv", kind="calls", source="here")
    assert (report.rows, report.rejected, report.added, report.unidentified) == (5, 0, 4, 1)
    found = store.select(
        "SELECT name, visitor_id, toString(props.seconds) AS seconds, toString(props.answered) AS answered,"
        " toString(props.agent) AS agent, toString(props.party) AS party FROM events ORDER BY ts"
    )
    assert [tuple(row.values()) for row in found] == [
        ("Call Received", "phone:+966551234567", "60", "true", "101", ""),
        ("Call Made", "phone:+966551234567", "0", "false", "101", ""),
        ("Call Received", "", "5", "true", "", "anonymous"),
        ("Call Made", "phone:+966551234567", "9", "", "Huda (101)", ""),
    ]
    assert take(PARTIES, "c.csv", kind="calls", source="here").known == 4


def test_legs_of_a_call_are_one_call(take, store):
    legs = (
        "Date,Call ID,Phone,Direction,Talk Time,Outcome,Agent\n"
        "2025-03-25 10:00:20,7,0551234567,inbound,75,answered,Huda\n"
        "2025-03-25 10:00:00,7,0551234567,inbound,0,no answer,Sales\n"
        "2025-03-25 11:00:00,,0551234567,inbound,3,answered,Ali\n"
        "2025-03-25 12:00:00,,0551234567,inbound,3,answered,Ali\n"
    )
    assert take(legs, "c.csv", source="here").added == 3
    found = props(store, "Call Received", "seconds", "answered", "agent")
    assert [tuple(row.values()) for row in found] == [
        ("75", "true", "Huda"),
        ("3", "true", "Ali"),
        ("3", "true", "Ali"),
    ]
    assert (
        store.select("SELECT toString(min(ts), 'Asia/Riyadh') AS at FROM events")[0]["at"]
        == "2025-03-25 10:00:00.000"
    )
    assert take(legs, "c.csv", source="here").known == 3


def test_minutes_to_a_reply_may_stand_as_a_number(take, store):
    take(
        "ticket id,created at,solved at,first reply time (min)\n7,2025-03-25 10:00,2025-03-25 11:00,12\n",
        "t.csv",
    )
    assert props(store, "Ticket Solved", "reply_minutes", "minutes") == [
        {"reply_minutes": "12", "minutes": "60"}
    ]


def test_what_tells_no_time_is_known_when_it_comes_again(take):
    text = "email,name,created at\na@b.sa,Sara,2025-03-25 10:00\nc@d.sa,Noura,\n"
    assert take(text).added == 2
    again = take(text)
    assert (again.added, again.restated, again.known) == (0, 0, 2)


def test_scales_are_recognised(take, store):
    take(TABLES["answers"][0], "a.csv")
    found = props(store, "Survey Answered", "survey", "score", "comment")
    assert sorted((row["survey"], row["score"], row["comment"]) for row in found) == [
        ("csat", "4", "fast"),
        ("nps", "9", "fast"),
    ]


def test_what_a_period_cost_is_spread_over_its_days(take, store):
    report = take(
        "campaign name,reporting starts,reporting ends,amount spent (SAR),impressions\nramadan,2025-03-01,2025-03-03,100.00,10\n"
    )
    assert report.kind == "costs"
    rows = store.select("SELECT day, amount, impressions FROM costs ORDER BY day")
    assert [(str(row["day"]), row["amount"], row["impressions"]) for row in rows] == [
        ("2025-03-01", 33.34, 4),
        ("2025-03-02", 33.33, 3),
        ("2025-03-03", 33.33, 3),
    ]


def test_two_rows_of_one_contact_are_one(take, store):
    report = take("email,name,city\na@b.sa,Sara,الرياض\na@b.sa,,جدة\n,,مكة\n")
    assert (report.added, report.rejected) == (1, 1)
    assert store.select("SELECT trait, value FROM traits ORDER BY trait") == [
        {"trait": "city", "value": "جدة"},
        {"trait": "email", "value": "a@b.sa"},
        {"trait": "name", "value": "Sara"},
    ]


def test_a_payment_is_no_sale(take, store):
    report = take(TABLES["payments"][0])
    assert (report.orders, report.added) == (0, 1)
    assert store.select("SELECT name, revenue, order_id FROM events") == [
        {"name": "Payment Received", "revenue": 115.0, "order_id": "INV-7"}
    ]


@pytest.mark.parametrize(
    "source", [source for source in SOURCES if source.sample], ids=lambda source: source.name
)
def test_a_sample_of_every_source_comes_in_whole(source, take):
    report = take(source.sample, preset=source.name)
    assert (report.rejected, report.error, report.source) == (0, "", source.name)
    assert report.added or report.written
