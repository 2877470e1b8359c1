"""Warnings are errors here, and matplotlib warns of a character that no font has: what is drawn can be read."""

from __future__ import annotations

import struct

import pytest

from charts import drawing
from charts.model import Bars, Chart, Columns, Flow, Funnel, Lines, Series, Stage, Step, Unit

RARE = "上海华新科技有限公司 喆镕翀璟 發展 ÄÖÜß éèñ £€¥"
TINY, HUGE = (0.0, 1.0, -5.0), (9e15, -9e15, 3.0)
SHAPES: tuple[Chart, ...] = (
    Funnel(title=RARE, note="$5 and $6", steps=(Step(label=RARE * 3, value=12800), Step(label="b", value=0, note="0%"))),
    Bars(title="t", labels=("a", RARE, "c"), series=(Series(name="n", values=HUGE),), unit=Unit.MONEY, marked=1),
    Bars(title="t", labels=tuple("abc"), series=(Series(name="x", values=TINY), Series(name="y", values=TINY)), stacked=True),
    Bars(title="t", labels=tuple(map(str, range(90))), series=(Series(name="n", values=tuple(map(float, range(90)))),)),
    Columns(title="t", labels=tuple("abc"), series=(Series(name="x", values=HUGE), Series(name="y", values=TINY)), language="zh-CN"),
    Lines(title="t", labels=tuple("abc"), series=(Series(name="x", values=(None, 2.0, None)),), target=Series(name="目标", values=(3, 3, 3))),
    Flow(title="t", stages=(Stage(label=RARE, count="12", who=RARE, note="31 天", mark="瓶颈"),) * 7, outcomes=(Stage(label="赢单", count="0"),)),
    Flow(title="t", stages=()),
    Lines(title="t", labels=(), series=(), empty="暂时没有可统计的内容"),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _font() -> None:
    drawing.set_up()


@pytest.mark.parametrize("chart", SHAPES, ids=lambda chart: type(chart).__name__)
def test_every_shape_is_a_picture_that_every_channel_takes(chart: Chart) -> None:
    drawn = drawing.draw(chart)

    assert drawn.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", drawn[16:24])
    assert width == 1040
    assert 250 < height < 1800
    assert len(drawn) < 500_000


def test_every_character_of_a_chinese_name_is_in_the_font() -> None:
    from importlib import resources

    from fontTools.ttLib import TTFont

    path = resources.files("charts") / "fonts" / drawing.FONT
    with path.open("rb") as file:
        known = TTFont(file).getBestCmap()
    two_bytes = (bytes((high, low)) for high in range(0x81, 0xFE) for low in range(0x40, 0xFF))
    in_gbk = {character for pair in two_bytes for character in pair.decode("gbk", "ignore") if character > "一"}
    assert len(in_gbk) > 20_000
    assert {character for character in in_gbk if ord(character) not in known and character < "\uf900"} == set()


def test_there_is_room_beside_the_longest_bar_also_where_its_last_part_is_nothing() -> None:
    stack = (Series(name="soon", values=(47.0, 3.0)), Series(name="longer", values=(0.0, None)))
    assert drawing.axis_ends(stack, stacked=True) == (0.0, pytest.approx(47 * 1.12))
    low, high = drawing.axis_ends((Series(name="n", values=(-10.0, 2.0)),), stacked=False)
    assert low < -10 < 2 < high
    assert drawing.axis_ends((Series(name="n", values=(0.0,)),), stacked=False)[1] > 0
