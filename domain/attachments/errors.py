from __future__ import annotations

from domain.errors import CrmError


class NothingAttached(CrmError):
    """The record has no attachments (any more)."""

    code = "attachments-none"
