from __future__ import annotations

from datetime import datetime

from domain.errors import CrmError


class SurveyNotFound(CrmError):
    """No survey is called so."""

    code = "survey-not-found"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class SurveyNotYours(CrmError):
    """Somebody else was asked."""

    code = "survey-not-yours"


class SurveyGone(CrmError):
    """It was taken back, or was never there."""

    code = "survey-gone"
    ends_card = True


class SurveyExpired(CrmError):
    code = "survey-expired"
    ends_card = True


class SurveyAnswered(CrmError):
    """Answered so long ago that it stands."""

    code = "survey-answered"

    def __init__(self, *, score: int | None) -> None:
        super().__init__(score=score)


class NobodyToAsk(CrmError):
    """None of them has a chat with us, or wants to be asked."""

    code = "survey-nobody"


class NothingWaits(CrmError):
    """It went out meanwhile, or was taken back."""

    code = "survey-nothing-waits"


class AskedLately(CrmError):
    """``until`` is when this person may be asked again."""

    code = "survey-asked-lately"

    def __init__(self, *, name: str, until: datetime) -> None:
        super().__init__(name=name, until=until)


class WrongAnswer(CrmError):
    """What was typed is no answer to this question; ``kind`` is what it wants."""

    code = "survey-wrong-answer"

    def __init__(self, *, kind: str, least: float | None = None, most: float | None = None) -> None:
        super().__init__(kind=kind, least=least, most=most)


class NobodySeenThere(CrmError):
    """Who is in a group is known once they wrote or came there."""

    code = "survey-nobody-there"


class SurveyForLeads(CrmError):
    """Asked of leads by the staff, not of customers."""

    code = "survey-for-leads"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class BadDefinition(CrmError):
    """What somebody wrote is no survey; ``line`` is of the file, ``why`` in English, as the schema says it."""

    code = "survey-bad-definition"

    def __init__(self, *, why: str, where: str | None = None, line: int | None = None) -> None:
        super().__init__(why=why, where=where, line=line)
