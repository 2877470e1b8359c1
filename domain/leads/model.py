"""Somebody who might buy, before qualification."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.customers.model import ContactPoint
from domain.leads.errors import LeadAlreadyClosed
from domain.values.companies import short_company
from domain.values.money import Money

GRADES = ("A", "B", "C")


class LeadStatus(StrEnum):
    NEW = "new"
    WORKING = "working"
    QUALIFIED = "qualified"
    CONVERTED = "converted"
    LOST = "lost"


@dataclass(kw_only=True, eq=False)
class Lead:
    """``company`` may be empty when only a person is known; ``company_key`` is its comparison form."""

    id: int = field(init=False)
    company: str
    name: str | None = None
    company_key: str = ""
    owner_id: int | None
    status: LeadStatus = LeadStatus.NEW
    source: str | None = None  # a key of ``domain.company.named.Sources``, or words
    campaign: str | None = None
    grade: str | None = None
    note: str | None = None
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    lost_reason: str | None = None  # a key of ``domain.company.named.LossReasons``, or words
    customer_id: int | None = None  # what it was converted into
    amount: Money | None = None  # what the sale may bring
    created_at: datetime
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What cards show: the company's short name, else the person."""
        return short_company(self.company) if self.company else self.name or ""

    @property
    def is_open(self) -> bool:
        return self.status not in {LeadStatus.CONVERTED, LeadStatus.LOST}

    def must_be_open(self) -> None:
        """Raises LeadAlreadyClosed when it was converted or lost."""
        if not self.is_open:
            raise LeadAlreadyClosed(lead=self.id, status=self.status.value)

    def advance(self, status: LeadStatus) -> None:
        """Set to new, working or qualified, in any order: people put right what they pressed by mistake."""
        self.must_be_open()
        if status in {LeadStatus.CONVERTED, LeadStatus.LOST}:
            raise ValueError("converting and losing have actions of their own")
        self.status = status

    def work_on(self) -> None:
        """Something was done about it: a new one is being worked on, any other stays what it is.

        The status is written in any case. Whoever made it what it is cannot undo that under what was done since.
        """
        self.status = LeadStatus.WORKING if self.status is LeadStatus.NEW else self.status

    def convert(self, customer_id: int) -> None:
        self.must_be_open()
        self.status, self.customer_id = LeadStatus.CONVERTED, customer_id

    def lose(self, reason: str) -> None:
        self.must_be_open()
        self.status, self.lost_reason = LeadStatus.LOST, reason

    def reopen(self) -> None:
        """A lost lead is tried again. Raises LeadAlreadyClosed for one that became a customer."""
        if self.status is LeadStatus.CONVERTED:
            raise LeadAlreadyClosed(lead=self.id, status=self.status.value)
        if self.status is LeadStatus.LOST:
            self.status, self.lost_reason = LeadStatus.WORKING, None
