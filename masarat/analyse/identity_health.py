"""Identity health: how much of the business names its customer, and what became of the identifiers that do."""

from __future__ import annotations

from dataclasses import replace

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.dense import dense
from masarat.analyse.frame import Bucket, Frame
from masarat.analyse.identity_matters import STEPS, VALUES
from masarat.resolve.identifiers import BY_NAME
from masarat.store import Query, Row
from masarat.words import Words


class IdentityHealth(Analysis):
    """How many orders name their customer, how many identifiers a customer has, and which links gave way.

    For the owner who wonders how far answers about customers can be trusted, and for whoever looks after the data. An order that
    names nobody counts as revenue and as no customer's; it is shown for each source, since the source is where to ask. Below stand
    what the identity graph did: identifiers joined to a customer and taken apart again, by the rules or by people; links that gave
    way because a customer would have had too many of a kind (father and son on one phone), or because somebody said that they are
    two; and identifiers that are shared by more people than one can be, which join nobody (docs/identity.md).

    Orders and revenue are those of the period in the asked currency. Joins, splits, links that gave way and decisions count on the day on
    which they were made, and with the whole history all of them; the segment does not touch them. Shared identifiers are those that
    stand now. Identifiers of a customer are all that were ever joined to somebody who bought in the period, the one they are called
    by among them. Pairs of customers who may be one person wait in the review queue: so many as wait now, whatever the period.
    """

    by: Bucket = Field("month", description="Length of one point of the picture: day, week or month.")

    view = "trend"
    columns = (
        Column("matter", "text"),
        Column("part", "text"),
        Column("count", "count"),
        Column("share", "percent"),
        Column("revenue", "money"),
        Column("remedy", "text"),
    )
    numbers = (
        Column("orders", "count"),
        Column("missing", "count"),
        Column("missing_share", "percent"),
        Column("missing_revenue", "money"),
        Column("missing_revenue_share", "percent"),
        Column("customers", "count"),
        Column("identifiers", "number"),
        Column("merged", "count"),
        Column("split", "count"),
        Column("refused", "count"),
        Column("shared", "count"),
        Column("decided", "count"),
        Column("waiting", "count"),
    )
    picture = (Column("start", "date"), Column("missing_share", "percent"))
    words = Words(
        en="""
title = Identity health
about = How many orders name their customer, how many identifiers a customer has, and which links gave way.
param-by = By
matter = Matter
part = Where
count = Count
    .formula = How many there are
share = Share
    .formula = Part of the orders of this source that name nobody
revenue = Revenue
    .formula = Net revenue of the orders of this source that name nobody
remedy = What to do
missing = Orders that name nobody
    .formula = Completed orders with revenue above zero that carry no identifier of a customer
missing_share = Share of orders
    .formula = Orders that name nobody divided by all orders
missing_revenue = Revenue of nobody
    .formula = Net revenue of orders that name nobody
missing_revenue_share = Share of revenue
    .formula = Net revenue of orders that name nobody divided by all net revenue
identifiers = Identifiers each
    .formula = Average number of identifiers, joined so far, of a customer with an order here
merged = Identifiers joined
    .formula = How often an identifier was given to a customer who had others
split = Identifiers taken apart
    .formula = How often an identifier became a customer of its own again
refused = Links that gave way
    .formula = Different pairs of identifiers that came together and stayed with two customers
shared = Shared identifiers
    .formula = Identifiers seen with more people than one can be; they join nobody
decided = Decisions of people
    .formula = Pairs and identifiers of which a person decided, as it stands
waiting = Pairs that wait for a person
    .formula = Pairs of customers who may be one, in the review queue now
missing-remedy = Ask for the phone number here, or import a file with a customer column.
refused-remedy = A family or a typing error: see masarat identity log, and decide with merge or never.
waiting-remedy = Look at both sides, then accept or reject: masarat review list.
shared-remedy = Take each customer's own; what is yours belongs into MASARAT_OWN_CONTACTS.
by-rules = by the rules
by-people = by people
said = said to be two
said-merge = one customer
said-never = never one
said-alone = stands alone
said-withdrawn = taken back
kind-user = accounts
kind-vat = VAT numbers
kind-phone = phones
kind-email = e-mails
kind-card = loyalty cards
kind-order = orders
kind-anon = browsers
kind-number = customer numbers of { $source }
sentence = { $missing ->
    [0] { $orders ->
        [one] The one order names its customer.
       *[other] All { $orders } orders name their customer.
    }
    [one] One of { $orders } orders ({ $share }) names nobody; it brought { $revenue } net.
   *[other] { $missing } of { $orders } orders ({ $share }) name nobody; they brought { $revenue } net.
}
where = Most came through { $source }: ask for the phone number there, or import a file with a customer column.
joined = { $merged ->
    [0] No identifiers were joined.
    [one] One identifier was joined to a customer who had others.
   *[other] { $merged } identifiers were joined to customers who had others.
}
gave-way = { $refused ->
    [one] One link gave way, because a customer would have had too many { $kind }: look at it in masarat identity log.
   *[other] { $refused } links gave way, most of them because a customer would have had too many { $kind }: look at them in masarat identity log.
}
said-two = { $refused ->
    [one] One link gave way, because somebody said that its two are not one.
   *[other] { $refused } links gave way, most of them because somebody said that the two are not one.
}
asked = { $waiting ->
    [one] One pair of customers may be one person and waits for you: masarat review list.
   *[other] { $waiting } pairs of customers may be one person and wait for you: masarat review list.
}
note-nothing-joined = No two identifiers ever came together, so one person may be several customers: send the phone or e-mail with the account (identify), or import files that have both.
""",
        ar="""
title = سلامة الهوية
about = كم طلبًا يذكر عميله، وكم معرّفًا للعميل الواحد، وأي الروابط لم يؤخذ بها.
param-by = كل
matter = الأمر
part = أين
count = العدد
    .formula = كم منها
share = الحصة
    .formula = جزء طلبات هذا المصدر الذي لا يذكر أحدًا
revenue = الإيرادات
    .formula = صافي إيرادات طلبات هذا المصدر التي لا تذكر أحدًا
remedy = ما العمل
missing = طلبات لا تذكر أحدًا
    .formula = الطلبات المكتملة التي قيمتها فوق الصفر ولا تحمل أي معرّف لعميل
missing_share = حصتها من الطلبات
    .formula = الطلبات التي لا تذكر أحدًا مقسومة على الطلبات كلها
missing_revenue = إيرادات بلا عميل
    .formula = صافي إيرادات الطلبات التي لا تذكر أحدًا
missing_revenue_share = حصتها من الإيرادات
    .formula = صافي إيرادات الطلبات التي لا تذكر أحدًا مقسومًا على صافي الإيرادات كلها
identifiers = معرّفات العميل
    .formula = متوسط عدد المعرّفات المضمومة حتى الآن إلى عميل له طلب هنا
merged = معرّفات ضُمّت
    .formula = كم مرة ضُمّ معرّف إلى عميل له غيره
split = معرّفات فُصلت
    .formula = كم مرة عاد معرّف عميلًا قائمًا بنفسه
refused = روابط لم يؤخذ بها
    .formula = أزواج مختلفة من المعرّفات جاءت معًا وبقيت لعميلين
shared = معرّفات مشتركة
    .formula = معرّفات ظهرت مع أناس أكثر من أن يكونوا شخصًا واحدًا، فلا تضم أحدًا إلى أحد
decided = قرارات الناس
    .formula = الأزواج والمعرّفات التي بتّ فيها شخص، على ما استقرّت عليه
waiting = أزواج تنتظر المراجعة
    .formula = أزواج العملاء الذين قد يكونون عميلًا واحدًا، في قائمة المراجعة الآن
missing-remedy = اطلب رقم الجوال هنا، أو استورد ملفًا فيه عمود للعميل.
refused-remedy = عائلة واحدة أو خطأ في الكتابة: راجع masarat identity log وقرّر الدمج أو الفصل.
waiting-remedy = قارن الطرفين ثم اقبل أو ارفض: masarat review list.
shared-remedy = خذ من كل عميل رقمه هو، وما كان لك فضعه في MASARAT_OWN_CONTACTS.
by-rules = بالقواعد
by-people = بقرار شخص
said = قيل إنهما اثنان
said-merge = عميل واحد
said-never = ليسا واحدًا أبدًا
said-alone = قائم بنفسه
said-withdrawn = رُجع عنه
kind-user = الحسابات
kind-vat = الأرقام الضريبية
kind-phone = أرقام الجوال
kind-email = عناوين البريد
kind-card = بطاقات الولاء
kind-order = الطلبات
kind-anon = المتصفحات
kind-number = أرقام العملاء في { $source }
sentence = { $missing ->
    [zero] { $orders ->
        [one] الطلب الوحيد يذكر عميله.
        [two] الطلبان كلاهما يذكران العميل.
        [few] الطلبات كلها، وعددها { $orders }، تذكر عملاءها.
        [many] الطلبات كلها، وعددها { $orders }، تذكر عملاءها.
       *[other] الطلبات كلها، وعددها { $orders }، تذكر عملاءها.
    }
    [one] طلب واحد من { $orders } ({ $share }) لا يذكر أحدًا، وقد جلب صافي { $revenue }.
    [two] طلبان من { $orders } ({ $share }) لا يذكران أحدًا، وقد جلبا صافي { $revenue }.
    [few] { $missing } طلبات من { $orders } ({ $share }) لا تذكر أحدًا، وقد جلبت صافي { $revenue }.
    [many] { $missing } طلبًا من { $orders } ({ $share }) لا تذكر أحدًا، وقد جلبت صافي { $revenue }.
   *[other] { $missing } طلب من { $orders } ({ $share }) لا تذكر أحدًا، وقد جلبت صافي { $revenue }.
}
where = وأكثرها من { $source }: اطلب رقم الجوال هناك، أو استورد ملفًا فيه عمود للعميل.
joined = { $merged ->
    [zero] ولم يُضمّ معرّف إلى عميل.
    [one] وضُمّ معرّف واحد إلى عميل له غيره.
    [two] وضُمّ معرّفان إلى عملاء لهم غيرهما.
    [few] وضُمّت { $merged } معرّفات إلى عملاء لهم غيرها.
    [many] وضُمّ { $merged } معرّفًا إلى عملاء لهم غيرها.
   *[other] وضُمّ { $merged } معرّف إلى عملاء لهم غيرها.
}
gave-way = { $refused ->
    [one] ولم يؤخذ برابط واحد لئلا تكثر { $kind } عند عميل واحد: راجعه في masarat identity log.
    [two] ولم يؤخذ برابطين، أكثرهما لئلا تكثر { $kind } عند عميل واحد: راجعهما في masarat identity log.
    [few] ولم يؤخذ بـ{ $refused } روابط، أكثرها لئلا تكثر { $kind } عند عميل واحد: راجعها في masarat identity log.
    [many] ولم يؤخذ بـ{ $refused } رابطًا، أكثرها لئلا تكثر { $kind } عند عميل واحد: راجعها في masarat identity log.
   *[other] ولم يؤخذ بـ{ $refused } رابط، أكثرها لئلا تكثر { $kind } عند عميل واحد: راجعها في masarat identity log.
}
said-two = { $refused ->
    [one] ولم يؤخذ برابط واحد لأن شخصًا قال إنهما اثنان.
    [two] ولم يؤخذ برابطين، أكثرهما لأن شخصًا قال إنهما اثنان.
    [few] ولم يؤخذ بـ{ $refused } روابط، أكثرها لأن شخصًا قال إنهما اثنان.
    [many] ولم يؤخذ بـ{ $refused } رابطًا، أكثرها لأن شخصًا قال إنهما اثنان.
   *[other] ولم يؤخذ بـ{ $refused } رابط، أكثرها لأن شخصًا قال إنهما اثنان.
}
asked = { $waiting ->
    [one] وزوج واحد من العملاء قد يكون شخصًا واحدًا وينتظر مراجعتك: masarat review list.
    [two] وزوجان من العملاء قد يكون كل منهما شخصًا واحدًا وينتظران مراجعتك: masarat review list.
    [few] و{ $waiting } أزواج من العملاء قد يكون كل منها شخصًا واحدًا وتنتظر مراجعتك: masarat review list.
    [many] و{ $waiting } زوجًا من العملاء قد يكون كل منها شخصًا واحدًا وتنتظر مراجعتك: masarat review list.
   *[other] و{ $waiting } زوج من العملاء قد يكون كل منها شخصًا واحدًا وتنتظر مراجعتك: masarat review list.
}
note-nothing-joined = لم يأتِ معرّفان معًا قط، فقد يكون الشخص الواحد عدة عملاء: أرسل الجوال أو البريد مع الحساب (identify)، أو استورد ملفات فيها كلاهما.
""",
    )

    def query(self, frame: Frame) -> Query:
        return Query(
            steps={
                "sales": replace(frame, breakdown="source").sales(),
                **STEPS,
                "by_time": f"""
SELECT {frame.bucket(self.by)} AS start, countIf(is_order AND customer_id = 0) / nullIf(countIf(is_order), 0) AS missing_share
FROM sales GROUP BY start ORDER BY start""",
            },
            values=frame.values | VALUES | {"always": not frame.period.bounded},
            rows="matters",
            totals="totals",
            picture="by_time",
        )  # fmt: skip

    def interpret(self, found: Found) -> Found:
        """Every matter in words, with what to do about it; silent buckets in the picture."""
        found.rows = [self._row(found, row) for row in found.rows]
        found.picture = dense(found.picture, found.frame.buckets(self.by), {"missing_share": None})
        if found.frame.before:
            starts = found.frame.earlier().buckets(self.by)
            found.before_picture = dense(found.before_picture, starts, {"missing_share": None})
        return found

    def _row(self, found: Found, row: Row) -> Row:
        matter = row["matter"]
        remedy = f"{matter}-remedy" if row["count"] and found.speaker.knows(f"{matter}-remedy") else ""
        said = {
            "matter": found.say(matter),
            "part": self._part(found, matter, row["part"]),
            "remedy": remedy and found.say(remedy),
        }
        return row | said | {"kind": matter, "key": row["part"]}

    def _part(self, found: Found, matter: str, part: str) -> str:
        match matter:
            case "missing":
                return str(part)
            case "merged" | "split":
                return found.say(f"by-{part}")
            case "decided":
                return found.say(f"said-{part}")
            case "waiting":
                return ""
        return self._kind(found, part)

    def _kind(self, found: Found, kind: str) -> str:
        """A kind of identifier in words; none where somebody said that two are two."""
        if not kind:
            return found.say("said")
        if found.speaker.knows(f"kind-{kind}") and kind in BY_NAME:
            return found.say(f"kind-{kind}")
        return found.say("kind-number", source=found.speaker.text(kind))

    def explain(self, found: Found) -> str:
        totals = found.totals
        first = {row["kind"]: row for row in reversed(found.rows)}
        said = [
            found.say(
                "sentence",
                missing=totals["missing"],
                orders=totals["orders"],
                share=found.percent("missing_share"),
                revenue=found.money("missing_revenue"),
            )
        ]
        if totals["missing"]:
            said.append(found.say("where", source=found.speaker.text(first["missing"]["part"])))
        said.append(found.say("joined", merged=totals["merged"]))
        if totals["refused"]:
            kind = first["refused"]["key"]
            key = "gave-way" if kind else "said-two"
            said.append(found.say(key, refused=totals["refused"], kind=self._kind(found, kind)))
        if totals["waiting"]:
            said.append(found.say("asked", waiting=totals["waiting"]))
        return " ".join(said)

    def notes(self, found: Found) -> list[str]:
        nothing = found.totals["identifiers"] == 1 and not found.totals["merged"]
        return [found.say("note-nothing-joined")] if nothing else []


IdentityHealth.example = IdentityHealth(by="month")
