"""Who is named without a sign that it is a name."""

import pytest

from handlers.entries.new_names import named_in_small


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("initech called, want 5 seats", "Initech"),
        ("he called, wants 5 seats", None),
        ("金禾来电要五台", "金禾"),
        ("海川又催交期", "海川"),
        ("给金禾打了电话，要报价", "金禾"),
        ("拜访了骏驰，没见到人", "骏驰"),
        ("他说价格太高", None),
        ("那边说再考虑", None),
        ("财务说月底付", None),
        ("嫌贵，说再考虑", None),
        ("跟他聊了下", None),
        ("老板不在，前台说下周回来", None),
        ("东西不错，想要十台", None),
    ],
)
def test_named_in_small(text: str, name: str | None) -> None:
    assert named_in_small(text) == name
