from datetime import date, timedelta

from masarat.models.silence import Silence, silence


def test_silent_days():
    sunday = date(2025, 1, 5)
    month = [sunday + timedelta(days=n) for n in range(35)]
    open_days = [day for day in month if day.weekday() != 4]  # closed on Fridays
    assert silence(open_days) == Silence(0, 30, 1, date(2025, 1, 10))
    gap = [day for day in open_days if not date(2025, 1, 12) <= day <= date(2025, 1, 14)]
    assert silence(gap) == Silence(3, 30, 3, date(2025, 1, 12))
    assert silence([sunday]) == Silence(0, 1, 0, None)
    assert silence([]) == Silence(0, 0, 0, None)
