import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.people import mask_name, split_title, surname


@pytest.mark.parametrize(
    ("name", "bare", "title"),
    [
        ("王总", "王", "总"),
        ("李经理", "李", "经理"),
        ("陈老师", "陈", "老师"),
        ("欧阳总", "欧阳", "总"),
        ("歐陽老師", "歐陽老師", None),
        ("司马主任", "司马", "主任"),
        ("诸葛副总经理", "诸葛", "副总经理"),
        ("张伟总经理", "张伟", "总经理"),
        ("张伟 销售总监", "张伟", "销售总监"),
        ("李总经理", "李", "总经理"),
        ("王副总", "王", "副总"),
        ("王女士", "王", "女士"),
        ("刘先生", "刘", "先生"),
        ("张工", "张", "工"),
        ("李总工", "李", "总工"),
        ("高大哥", "高", "大哥"),
        ("小李老师", "小李", "老师"),
        ("王　总", "王", "总"),
        ("Tom总", "Tom", "总"),
        ("Lisa 经理", "Lisa", "经理"),
        ("王CEO", "王", "CEO"),
        ("Mr. Brown", "Brown", "Mr"),
        ("Ms Li", "Li", "Ms"),
        ("Dr Tom Brown", "Tom Brown", "Dr"),
        ("mrs Smith", "Smith", "mrs"),
        ("王伟", "王伟", None),
        ("李建工", "李建工", None),
        ("小王", "小王", None),
        ("老总", "老总", None),
        ("经理", "经理", None),
        ("总经理", "总经理", None),
        ("Tom Brown", "Tom Brown", None),
        ("Drake Miller", "Drake Miller", None),
        ("Mr", "Mr", None),
        ("  Tom \u200b Brown ", "Tom Brown", None),
        ("", "", None),
    ],
)
def test_name_and_title(name: str, bare: str, title: str | None) -> None:
    assert split_title(name) == (bare, title)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("王伟", "王"),
        ("欧阳娜娜", "欧阳"),
        ("欧阳总", "欧阳"),
        ("歐陽娜娜", "歐陽"),
        ("張偉", "張"),
        ("欧小姐", "欧"),
        ("司马相如", "司马"),
        ("司小姐", "司"),
        ("王总", "王"),
        ("小王", "王"),
        ("老李", "李"),
        ("王", "王"),
        ("Tom Brown", "Brown"),
        ("Tom van Brown", "Brown"),
        ("Brown, Tom", "Brown"),
        ("Mr Brown", "Brown"),
        ("Иван Петров", "Петров"),
        ("Tom", None),
        ("Tom总", None),
        ("经理", None),
        ("老总", None),
        ("佐藤", None),
        ("", None),
    ],
)
def test_surnames(name: str, family: str | None) -> None:
    assert surname(name) == family


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王伟", "王*"),
        ("王总", "王*"),
        ("欧阳娜娜", "欧阳*"),
        ("小王", "王*"),
        ("佐藤", "佐*"),
        ("김철수", "김*"),
        ("Tom Brown", "Tom B."),
        ("Brown, Tom", "Tom B."),
        ("Mr Brown", "Mr B."),
        ("Dr Tom Brown", "Dr B."),
        ("Tom van Brown", "Tom B."),
        ("Tom", "T."),
        ("Tom总", "T."),
        ("🙂 bob", "b."),
        ("-", "*"),
        ("", "*"),
    ],
)
def test_masked_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.one_of(st.text(), st.text(alphabet="王欧阳张伟总经理老小工, .TomBrownMr", max_size=12)))
def test_any_text_has_a_mask(name: str) -> None:
    bare, title = split_title(name)

    assert mask_name(name)
    assert mask_name(name)[-1] in ".*"
    assert title is None or bare
    assert surname(name) != ""
