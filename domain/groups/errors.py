from __future__ import annotations

from domain.errors import CrmError


class GroupBoundElsewhere(CrmError):
    """It is another customer's group; moving it has to be confirmed."""

    code = "group-bound-elsewhere"

    def __init__(self, *, customer_id: int) -> None:
        super().__init__()
        self.customer_id = customer_id


class GroupNotBound(CrmError):
    """The group is no customer's."""

    code = "group-not-bound"
