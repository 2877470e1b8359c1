from __future__ import annotations

from domain.errors import CrmError


class UnknownStage(CrmError):
    """A stage that is not on the list: a forged or very old button."""

    code = "button-too-old"
