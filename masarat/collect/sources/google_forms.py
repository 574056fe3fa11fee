"""Google Forms: responses downloaded as CSV, or the sheet that they go to; a row a response with a column for every question."""

from collections.abc import Sequence

from masarat.collect.headers import is_question
from masarat.collect.kinds.scales import SCALES
from masarat.collect.sources.base import Export, Source
from masarat.words.folding import fold


def asks(header: Sequence[str]) -> bool:
    """Whether more than one column asks something, or one is a scale: a form with names and phones alone is a list of people."""
    questions = [name for name in header if is_question(name)]
    scales = [name for name in header if any(scale.asks.search(fold(name)) for scale in SCALES)]
    return len(questions) > 1 or bool(scales)


def _export(stamp: str, dates: str = "") -> Export:
    """The same responses; the time stands first, and is called so in the language of whoever owns the form."""
    return Export(
        "answers",
        (stamp,),
        {
            "ts": (stamp,),
            "email": (
                *("Email Address", "Email address", "Username", "Email"),
                *("عنوان البريد الإلكتروني", "البريد الإلكتروني", "اسم المستخدم"),
            ),
        },
        lacks=("response_id", "time", "survey", "question", "answer", "score", "customer_id"),
        dates=dates,
        looks=lambda header: fold(header[0]) == fold(stamp) and asks(header),
    )


GOOGLE_FORMS = Source(
    "google_forms",
    "Google Forms",
    "نماذج جوجل",
    "Responses → Download responses (.csv), or the linked sheet → File → Download.",
    (_export("Timestamp"), _export("طابع زمني", "dmy"), _export("الطابع الزمني", "dmy")),
    sample="""طابع زمني,عنوان البريد الإلكتروني,ما مدى احتمال أن توصي بنا لصديق؟,ما مدى رضاك عن الخدمة؟,هل لديك ملاحظات؟
2025/03/25 9:27:14 م غرينتش+3,sara@example.com,١٠,راضٍ جدًا,الخدمة ممتازة وسريعة
2025/03/26 8:05:00 ص غرينتش+3,,٦,محايد,
""",
)
