from __future__ import annotations

from domain.errors import CrmError


class InquiryNotFound(CrmError):
    """Not there, or not for them to see: both get the same answer."""

    code = "inquiry-not-found"


class InquiryClosed(CrmError):
    """Somebody else was quicker."""

    code = "inquiry-closed"
