"""Surveys as YAML, each fault named with the line that it stands on.

Of YAML only what a survey needs is read: ``on``, ``yes`` and ``no`` are words, and nothing refers to anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from domain.surveys.defining import read_definition
from domain.surveys.definition import Definition
from domain.surveys.errors import BadDefinition

LARGEST = 1_000_000  # characters
MOST = 100


class _Plain(yaml.SafeLoader):
    """Without aliases, which can make a small file endless, and without YAML's many words for true."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise BadDefinition(why="aliases (*name) are not read here", line=mark.line + 1)
        return super().compose_node(parent, index)


_PLAIN_WORDS = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}
_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN_WORDS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read_surveys(text: str) -> Sequence[Definition]:
    """One survey, a list of them, or several documents. Raises BadDefinition with the line of the first fault."""
    if len(text) > LARGEST:
        raise BadDefinition(why=f"the file is larger than {LARGEST} characters")
    found: list[Definition] = []
    lines: dict[str, int] = {}
    for node, data in documents(text):
        asks = _checked(node, data)
        if asks.name in lines:
            raise BadDefinition(why=f"{asks.name} is defined twice", line=node.start_mark.line + 1)
        lines[asks.name] = node.start_mark.line + 1
        found.append(asks)
    if not found or len(found) > MOST:
        raise BadDefinition(why=f"the file holds no survey, or more than {MOST}")
    return found


def documents(text: str) -> Iterator[tuple[yaml.Node, Any]]:
    """Each document, or each element of one that is a list, with where it stands. Raises BadDefinition."""
    loader = _Plain(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is None:
                continue
            _refuse_twice(node)
            data = loader.construct_document(node)
            if isinstance(node, yaml.SequenceNode):
                yield from zip(node.value, data, strict=True)
            elif data is not None:
                yield node, data
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadDefinition(why=error.problem or "no YAML", line=mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise BadDefinition(why=str(error).splitlines()[0]) from None
    except RecursionError:
        raise BadDefinition(why="nested too deeply") from None
    finally:
        loader.dispose()


def _refuse_twice(node: yaml.Node) -> None:
    """YAML would silently keep the last of two keys."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _refuse_twice(each)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise BadDefinition(why=f"{key.value} stands here twice", line=key.start_mark.line + 1)
            seen.add(str(key.value))
            _refuse_twice(value)


def _checked(node: yaml.Node, data: Any) -> Definition:
    try:
        return read_definition(data)
    except BadDefinition as bad:
        where = bad.facts["where"]
        raise BadDefinition(why=bad.facts["why"], where=where, line=line_of(node, (where or "").split("."))) from None


def line_of(node: yaml.Node, path: Sequence[str]) -> int:
    """The line of the value that a fault's place names, as far as the file has it; lines count from 1."""
    line = node.start_mark.line + 1
    for part in path:
        following = None
        if isinstance(node, yaml.MappingNode):
            following = next(((key, value) for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and part.isdecimal() and int(part) < len(node.value):
            following = (node.value[int(part)],) * 2
        if following is None:
            break
        line, node = following[0].start_mark.line + 1, following[1]
    return line


def write_surveys(surveys: Sequence[dict[str, Any]]) -> str:
    """As documents that ``read_surveys`` reads."""
    return yaml.safe_dump_all(surveys, allow_unicode=True, sort_keys=False, width=120)
