"""Which catalogue keys the code names, read from its syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("domain", "handlers", "scheduler", "bot", "web")
# Where the keys stand in a call: position and keyword.
CALLS = {
    "Reply": [(0, "key")],
    "Line": [(0, "key")],
    "Button": [(0, "key")],
    "Phrase": [(0, "key")],
    "Form": [(1, "title"), (3, "submit")],
    "Field": [(1, "label"), (6, "hint")],
    "Planned": [(0, "key")],
    "say": [(0, "key")],
    "text": [(0, "key")],
}
FACTS = {"Reply": 1, "Line": 1, "Button": 2, "Phrase": 1, "say": 1}


@dataclass(frozen=True)
class Use:
    """A key, or with ``dynamic`` the beginning of keys, and the names of the facts beside it (None: not known)."""

    key: str
    dynamic: bool
    facts: frozenset[str] | None
    call: str
    where: str


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def uses() -> Iterator[Use]:
    """Every key that a call names with a literal, an f-string's beginning, or a choice of such."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = _name(node.func)
                for position, keyword in CALLS.get(name, []):
                    argument = _argument(node, position, keyword)
                    facts = _facts(node, name) if position == 0 else None
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    for key, dynamic in _keys(argument):
                        yield Use(key, dynamic, facts, name, where)


def refusals() -> Iterator[tuple[str, frozenset[str] | None, str]]:
    """Codes of the errors, with the facts that their ``__init__`` hands on (None: not known)."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for statement in node.body:
                    if isinstance(statement, ast.Assign) and _name(statement.targets[0]) == "code":
                        yield str(ast.literal_eval(statement.value)), _handed_on(node), str(path.relative_to(ROOT))


def words() -> tuple[set[str], set[str]]:
    """All string literals of the code, and the beginnings of its f-strings that end in a dash."""
    literals, beginnings = set(), set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            for key, dynamic in _keys(node) if isinstance(node, ast.JoinedStr) else ():
                if dynamic and key.endswith("-"):
                    beginnings.add(key)
    return literals, beginnings


def notices() -> set[str]:
    """Keys of notifications that a notice turns into a reply of its own."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "notice" and node.args:
                found |= {key for key, _ in _keys(node.args[0])}
    return found


def actions() -> set[str]:
    """The names that actions have in the journal, as far as they are literals."""
    found = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "happened" and node.args:
                found |= {key for key, dynamic in _keys(node.args[0]) if not dynamic}
    return found


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    named = next((each.value for each in call.keywords if each.arg == keyword), None)
    return named or (call.args[position] if len(call.args) > position else None)


def _keys(node: ast.expr | None) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, False
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield str(node.values[0].value), True


def _facts(call: ast.Call, name: str) -> frozenset[str] | None:
    """The names in a literal dictionary of facts; empty where none are given; None where they are computed."""
    if name not in FACTS:
        return None
    if any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
        return None
    facts = _argument(call, FACTS[name], "facts")
    if facts is None:
        return frozenset()
    if not isinstance(facts, ast.Dict) or not all(isinstance(key, ast.Constant) for key in facts.keys):
        return None
    return frozenset(str(key.value) for key in facts.keys if isinstance(key, ast.Constant))


def _handed_on(error: ast.ClassDef) -> frozenset[str] | None:
    for node in ast.walk(error):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__":
            names = [keyword.arg for keyword in node.keywords]
            return None if None in names else frozenset(name for name in names if name)
    return None
