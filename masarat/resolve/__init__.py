"""Many identifiers, one customer: what links them, what may not, and who decided so (docs/identity.md)."""

from masarat.resolve.graph import Decision, Resolved, resolve
from masarat.resolve.identifiers import KINDS, Kind, Rules
from masarat.resolve.resolver import Resolver

__all__ = ["KINDS", "Decision", "Kind", "Resolved", "Resolver", "Rules", "resolve"]
