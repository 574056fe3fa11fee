"""JSON: the answers as they are, for programs."""

from __future__ import annotations

import json

from masarat.show.reports.build import Report
from masarat.version import __version__


def write(report: Report) -> bytes:
    found = {
        "masarat": __version__,
        "made_at": report.made_at.isoformat(),
        "until": report.until.isoformat() if report.until else None,
        "answers": [answer.model_dump(mode="json") for answer in report.answers],
    }
    return json.dumps(found, ensure_ascii=False, indent=2).encode()
