"""What each role may do. A route of the server names one permission; whoever asks must have it."""

from __future__ import annotations

from typing import Literal, get_args

from masarat.errors import BadParameter, UnknownName
from masarat.records.models import ROLES

# open: anybody. member: whoever is signed in. The others are given by role.
Permission = Literal[
    "open",
    "member",
    "ask",
    "report",
    "sources",
    "import",
    "connect",
    "consent",
    "audit",
    "identity",
    "privacy",
    "customer",
    "stages",
    "segments",
    "sql",
    "users",
]

MAY: dict[str, frozenset[Permission]] = {
    "owner": frozenset(get_args(Permission)) - {"open", "member"},
    "analyst": frozenset(
        {"ask", "report", "sources", "import", "identity", "customer", "stages", "segments", "sql"}
    ),
    "finance": frozenset({"ask", "report", "sources", "import", "customer"}),
    "marketer": frozenset({"ask", "report", "sources", "consent", "customer", "stages", "segments"}),
    "sales": frozenset({"ask", "report", "consent", "identity", "customer"}),
    "support": frozenset({"ask", "consent", "identity", "customer"}),
    "viewer": frozenset({"ask"}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether somebody of this role, signed in, may do this."""
    return permission in ("open", "member") or permission in MAY.get(role, frozenset())


def check_role(role: str) -> str:
    """The role itself where it is one; otherwise the nearest is offered."""
    if not role:
        raise BadParameter("A role is needed.", f"Give --role, one of: {', '.join(ROLES)}.")
    if role not in ROLES:
        raise UnknownName("role", role, list(ROLES))
    return role
