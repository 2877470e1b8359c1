"""Why a handover is not accepted."""

from __future__ import annotations

from domain.errors import CrmError


class HandoverTakenBack(CrmError):
    """It was undone meanwhile: there is nothing to accept."""

    code = "handover-taken-back"
