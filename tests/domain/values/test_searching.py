import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.searching import search_query, search_terms
from domain.values.writing import is_han

ROWS = {
    1: search_terms("上海华新科技有限公司", "张伟", "+8613800138000", "138 0013 8000"),
    2: search_terms("Acme Logistics Ltd.", "Tom O'Brien", "tom@acme.com", "+442071838750"),
    3: search_terms("重庆长城单氏曾记", "吕布", "+862162345678", "021 6234 5678"),
    4: search_terms("Coca-Cola", "H&M", "3M", "臺灣積體電路", "Müller T18"),
}
FINDS = [
    ("华新", 1),
    ("華新", 1),
    ("hx", 1),
    ("HX", 1),
    ("huaxin", 1),
    ("hua xin", 1),
    ("hxkj", 1),
    ("shhx", 1),
    ("zhangwei", 1),
    ("zw", 1),
    ("张 伟", 1),
    ("张伟 华新", 1),
    ("8000", 1),
    ("138", 1),
    ("138-0013", 1),
    ("１３８００１３８０００", 1),
    ("13800138000", 1),
    ("acme", 2),
    ("ac lo", 2),
    ("obrien", 2),
    ("o'brien", 2),
    ("tom@acme.com", 2),
    ("8750", 2),
    ("chongqing", 3),
    ("cq", 3),
    ("changcheng", 3),
    ("shanshi", 3),
    ("zhongqing", 3),
    ("zeng", 3),
    ("lvbu", 3),
    ("lubu", 3),
    ("021-6234", 3),
    ("02162345678", 3),
    ("+86 21 6234 5678", 3),
    ("coca cola", 4),
    ("coca-cola", 4),
    ("cocacola", 4),
    ("H&M", 4),
    ("3m", 4),
    ("台湾", 4),
    ("muller", 4),
    ("Ｔ１８", 4),
]
MISSES = ["华兴", "huaxing", "zhangwen", "9000", "acne", "xh", "13900139001", "t19", "13800138009"]


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """A real FTS5 table with its default tokenizer, as storage has it."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE search USING fts5(terms, tokenize = 'unicode61')")
    database.executemany("INSERT INTO search (rowid, terms) VALUES (?, ?)", ROWS.items())
    return database


def found(index: sqlite3.Connection, query: str) -> list[int]:
    tokens = search_query(query)
    assert tokens is not None
    match = " ".join(f'"{token}"' for token in tokens)
    return [row for (row,) in index.execute("SELECT rowid FROM search WHERE search MATCH ?", [match])]


@pytest.mark.parametrize(("query", "row"), FINDS)
def test_a_query_finds_its_row(index: sqlite3.Connection, query: str, row: int) -> None:
    assert found(index, query) == [row]


@pytest.mark.parametrize("query", MISSES)
def test_a_query_finds_nothing_else(index: sqlite3.Connection, query: str) -> None:
    assert found(index, query) == []


def test_the_index_keeps_every_token_whole(index: sqlite3.Connection) -> None:
    index.execute("CREATE VIRTUAL TABLE words USING fts5vocab(search, 'row')")

    words = {word for (word,) in index.execute("SELECT term FROM words")}

    assert words == set(" ".join(ROWS.values()).split())


@pytest.mark.parametrize("query", ["", " ", "a", "华", "8", "&", "a 华", "\u200b", "!!"])
def test_too_short_to_search(query: str) -> None:
    assert search_query(query) is None


def test_a_row_has_each_token_once() -> None:
    terms = search_terms("华新华新", "华新").split()

    assert len(terms) == len(set(terms))
    assert terms[0] == "华新"


def test_long_texts_are_cut() -> None:
    assert "zz" not in search_terms("a" * 4000, "zz").split()
    assert len(search_query("abcdefghijklmnopqrstuvwxyz0123456789" * 3000) or []) <= 32


@given(st.text())
def test_tokens_are_words_of_one_script(text: str) -> None:
    for token in search_terms(text).split():
        assert len(token) in (2, 3, 4)
        assert token.isalnum()
        assert len({is_han(character) for character in token}) == 1
        assert token == token.casefold()


@given(st.text(max_size=90))
def test_a_text_is_found_by_itself(text: str) -> None:
    tokens = search_query(text)

    assert tokens is None or set(tokens) <= set(search_terms(text).split())


@given(st.text(alphabet="华新重庆吕ab1380 -&'.", max_size=40))
def test_a_name_is_found_by_itself(text: str) -> None:
    tokens = search_query(text)

    assert tokens is None or set(tokens) <= set(search_terms(text).split())
