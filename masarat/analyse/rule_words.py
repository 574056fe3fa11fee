"""A rule as people would say it, in Arabic and English: what was understood, beside what was written."""

from __future__ import annotations

from datetime import date, timedelta

from masarat.analyse.base import event_title
from masarat.analyse.moves import Condition, Step
from masarat.analyse.rule import AllOf, AnyOf, Did, In, Is, Measured, Not, Rule, When
from masarat.words import Speaker, Words

WORDS = Words(
    en="""
rule-and = and
rule-or = or
rule-not = not: { $rule }
rule-did = did “{ $step }”{ $often }{ $when }
rule-did-not = did not “{ $step }”{ $often }{ $when }
rule-then = did { $steps } one after another{ $within }{ $when }
rule-then-word = then
rule-often = { $bound ->
    [least] { $n ->
        [one] {""}
       *[other] {" "}at least { $n } times
    }
    [most] { $n ->
        [0] {" "}never
        [one] {" "}at most once
       *[other] {" "}at most { $n } times
    }
   *[is] { $n ->
        [one] {" "}exactly once
       *[other] {" "}exactly { $n } times
    }
}
rule-when = { $how ->
    [last] {" "}in { $n ->
        [one] the last day
       *[other] the last { $n } days
    }
    [since] {" "}since { $day }
    [before] {" "}before { $day }
   *[in] {" "}in { $day }
}
rule-within = {" "}within { $unit ->
    [minute] { $n ->
        [one] a minute
       *[other] { $n } minutes
    }
    [hour] { $n ->
        [one] an hour
       *[other] { $n } hours
    }
   *[day] { $n ->
        [one] a day
       *[other] { $n } days
    }
}
rule-where = { $field }: { $values }
rule-where-not = { $field } is not { $values }
rule-is = { $field } is { $values }
rule-is-not = { $field } is not { $values }
rule-in = is in the segment “{ $segment }”
rule-in-not = is not in the segment “{ $segment }”
rule-measured = { $measure } { $bound ->
    [top] in the top { $low } of buyers
    [bottom] in the lowest { $low } of buyers
    [least] at least { $low }
    [most] at most { $low }
    [over] above { $low }
    [under] below { $low }
    [between] from { $low } to { $high }
   *[is] exactly { $low }
}
measure-orders = orders
measure-revenue = net revenue
measure-recency = days since the last order
measure-average-order = average order
field-channel = channel
field-source = source
field-country = country
field-city = city
field-branch = branch
field-payment = payment
field-coupon = coupon
field-campaign = campaign
field-device = device
field-gender = gender
field-language = language
field-company = company
field-product = product
field-category = category
field-path = page
""",
    ar="""
rule-and = و
rule-or = أو
rule-not = ليس كذلك: { $rule }
rule-did = ممن «{ $step }»{ $often }{ $when }
rule-did-not = ليس ممن «{ $step }»{ $often }{ $when }
rule-then = ممن { $steps } على التوالي{ $within }{ $when }
rule-then-word = ثم
rule-often = { $bound ->
    [least] { $n ->
        [zero] {""}
        [one] {""}
        [two] {" "}مرتين على الأقل
        [few] {" "}{ $n } مرات على الأقل
        [many] {" "}{ $n } مرة على الأقل
       *[other] {" "}{ $n } مرة على الأقل
    }
    [most] { $n ->
        [zero] {" "}ولا مرة
        [one] {" "}مرة على الأكثر
        [two] {" "}مرتين على الأكثر
        [few] {" "}{ $n } مرات على الأكثر
        [many] {" "}{ $n } مرة على الأكثر
       *[other] {" "}{ $n } مرة على الأكثر
    }
   *[is] { $n ->
        [zero] {" "}ولا مرة
        [one] {" "}مرة واحدة بالضبط
        [two] {" "}مرتين بالضبط
        [few] {" "}{ $n } مرات بالضبط
        [many] {" "}{ $n } مرة بالضبط
       *[other] {" "}{ $n } مرة بالضبط
    }
}
rule-when = { $how ->
    [last] {" "}في { $n ->
        [zero] آخر { $n } يوم
        [one] آخر يوم
        [two] آخر يومين
        [few] آخر { $n } أيام
        [many] آخر { $n } يومًا
       *[other] آخر { $n } يوم
    }
    [since] {" "}منذ { $day }
    [before] {" "}قبل { $day }
   *[in] {" "}في { $day }
}
rule-within = {" "}خلال { $unit ->
    [minute] { $n ->
        [zero] { $n } دقيقة
        [one] دقيقة
        [two] دقيقتين
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }
    [hour] { $n ->
        [zero] { $n } ساعة
        [one] ساعة
        [two] ساعتين
        [few] { $n } ساعات
        [many] { $n } ساعة
       *[other] { $n } ساعة
    }
   *[day] { $n ->
        [zero] { $n } يوم
        [one] يوم
        [two] يومين
        [few] { $n } أيام
        [many] { $n } يومًا
       *[other] { $n } يوم
    }
}
rule-where = { $field }: { $values }
rule-where-not = { $field } ليس { $values }
rule-is = { $field }: { $values }
rule-is-not = { $field } ليس { $values }
rule-in = في شريحة «{ $segment }»
rule-in-not = ليس في شريحة «{ $segment }»
rule-measured = { $measure } { $bound ->
    [top] ضمن أعلى { $low } من المشترين
    [bottom] ضمن أدنى { $low } من المشترين
    [least] لا يقل عن { $low }
    [most] لا يزيد على { $low }
    [over] أكثر من { $low }
    [under] أقل من { $low }
    [between] من { $low } إلى { $high }
   *[is] يساوي { $low }
}
measure-orders = عدد الطلبات
measure-revenue = صافي الإيراد
measure-recency = عدد الأيام منذ آخر طلب
measure-average-order = متوسط الطلب
field-channel = القناة
field-source = المصدر
field-country = الدولة
field-city = المدينة
field-branch = الفرع
field-payment = طريقة الدفع
field-coupon = الكوبون
field-campaign = الحملة
field-device = الجهاز
field-gender = الجنس
field-language = اللغة
field-company = الشركة
field-product = المنتج
field-category = الفئة
field-path = الصفحة
""",
)


def in_words(rule: Rule, speak: Speaker, inner: bool = False) -> str:
    """The whole rule as one sentence; brackets where they matter."""
    match rule:
        case AllOf(parts):
            said = _joined([in_words(part, speak, inner=True) for part in parts], "rule-and", speak)
            return f"({said})" if inner else said
        case AnyOf(parts):
            said = f" {speak.say('rule-or')} ".join(in_words(part, speak, inner=True) for part in parts)
            return f"({said})" if inner else said
        case Not(of=AllOf() | AnyOf() | Not() as of):
            return speak.say("rule-not", rule=f"({in_words(of, speak)})")
        case Not(of):
            if isinstance(of, (Did, Is, In)) and not (isinstance(of, Did) and len(of.steps) > 1):
                return _test(of, speak, "-not")
            return speak.say("rule-not", rule=f"({in_words(of, speak)})")
    return _test(rule, speak)


def _joined(parts: list[str], word: str, speak: Speaker) -> str:
    """Arabic writes its "and" with the next word, and a comma before; English as usual."""
    return (
        f"، {speak.say(word)}".join(parts) if speak.language == "ar" else f" {speak.say(word)} ".join(parts)
    )


def _test(test: Did | Is | Measured | In, speak: Speaker, denied: str = "") -> str:
    match test:
        case Did():
            return _did(test, speak, denied)
        case Is(field, values):
            return speak.say(f"rule-is{denied}", field=_field(field, speak), values=_values(values, speak))
        case In(segment):
            return speak.say(f"rule-in{denied}", segment=speak.text(segment.replace("_", " ")))
        case Measured():
            return _measured(test, speak)


def _did(test: Did, speak: Speaker, denied: str) -> str:
    when = _when(test.when, speak) if test.when else ""
    if len(test.steps) == 1:
        often = _often(test, speak)
        return speak.say(f"rule-did{denied}", step=_step(test.steps[0], speak), often=often, when=when)
    quotes = ("«", "»") if speak.language == "ar" else ("“", "”")
    steps = f" {speak.say('rule-then-word')} ".join(_step(step, speak).join(quotes) for step in test.steps)
    return speak.say("rule-then", steps=steps, within=_within(test.within, speak), when=when)


def _often(test: Did, speak: Speaker) -> str:
    bound, count = ("least", test.least) if test.most is None else ("is", test.most)
    if test.most is not None and test.least < test.most:
        bound = "most"
    return speak.say("rule-often", bound=bound, n=count)


def _within(within: timedelta | None, speak: Speaker) -> str:
    if within is None:
        return ""
    units = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
    unit = next((name for name, long in units.items() if not within % long), "minute")
    return speak.say("rule-within", unit=unit, n=within // units[unit])


def _when(when: When, speak: Speaker) -> str:
    said = speak.day(date.fromisoformat(when.text)) if when.how in ("since", "before") else speak.text(when.text.replace("_", " "))  # fmt: skip
    return speak.say("rule-when", how=when.how, n=when.days, day=said)


def _step(step: Step, speak: Speaker) -> str:
    title = event_title(step.name, speak.language)
    conditions = [_condition(one, speak) for one in step.conditions]
    comma = "، " if speak.language == "ar" else ", "
    return f"{title} ({comma.join(conditions)})" if conditions else title


def _condition(one: Condition, speak: Speaker) -> str:
    key = "rule-where" if one.wanted else "rule-where-not"
    return speak.say(key, field=_field(one.field, speak), values=_values(one.values, speak))


def _field(name: str, speak: Speaker) -> str:
    return speak.say(f"field-{name}") if speak.knows(f"field-{name}") else speak.text(name.partition(".")[2] or name)  # fmt: skip


def _values(values: tuple[str, ...], speak: Speaker) -> str:
    return f" {speak.say('rule-or')} ".join(speak.text(value.replace("*", "…")) for value in values)


def _measured(test: Measured, speak: Speaker) -> str:
    name = speak.say(f"measure-{test.measure.replace(' ', '-')}")
    share = test.bound in ("top", "bottom")
    low = speak.percent(test.low / 100) if share else speak.number(test.low)
    return speak.say("rule-measured", measure=name, bound=test.bound, low=low, high=speak.number(test.high))
