"""The company's settings as YAML: what differs is taken from the file, and each fault is named with its line.

A topic or value that the file leaves out stays as it is; one that is empty (``answer:``) goes back to its default, an empty
grade of the ladder goes by the others. People are named, not numbered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ValidationError

from bot.survey_files import documents, line_of
from domain.company.keeping import dumped
from domain.company.topics import TOPICS, CompanySettings
from domain.surveys.errors import BadDefinition

OF_PEOPLE = "capacity_of"
Names = Mapping[str, int]
"""The ids of the staff by their names."""


class Fault(NamedTuple):
    line: int
    why: str


class WrongFile(Exception):
    """What is wrong with a file, by its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults)


def write_config(settings: CompanySettings, people: Names) -> str:
    """All topics, as ``read_config`` reads them."""
    names = {str(staff_id): name for name, staff_id in people.items()}
    topics = {name: dumped(getattr(settings, name)) for name in TOPICS}
    capacities = topics["service"].pop(OF_PEOPLE, {})
    topics["service"][OF_PEOPLE] = {names[key]: count for key, count in capacities.items() if key in names}
    return yaml.safe_dump(topics, allow_unicode=True, sort_keys=False, width=120)


def read_config(text: str, standing: CompanySettings, people: Names) -> CompanySettings:
    """What stands, with what the file says instead. Raises WrongFile."""
    node, data = _only_document(text)
    faults: list[Fault] = []
    wanted: dict[str, BaseModel] = {}
    for topic, given in data.items():
        if topic not in TOPICS:
            faults.append(Fault(line_of(node, [str(topic)]), f"{topic} is no setting; known are {', '.join(TOPICS)}"))
            continue
        try:
            named = _numbered(given, people) if topic == "service" else given
        except KeyError as unknown:
            name = str(unknown.args[0])
            faults.append(Fault(line_of(node, [topic, OF_PEOPLE, name]), f"nobody on the staff is called {name!r}"))
            continue
        current: BaseModel = getattr(standing, topic)
        try:
            wanted[topic] = type(current).model_validate(
                _merged(dumped(current), named, none_is_a_value=topic == "ladder")
            )
        except ValidationError as wrong:
            faults += [_fault(node, topic, each) for each in wrong.errors()]
    if faults:
        raise WrongFile(faults)
    return standing.model_copy(update=wanted)


def _only_document(text: str) -> tuple[yaml.Node, dict[Any, Any]]:
    try:
        found = list(documents(text))
    except BadDefinition as bad:
        raise WrongFile([Fault(bad.facts["line"] or 1, bad.facts["why"])]) from None
    if len(found) != 1 or not isinstance(found[0][1], dict):
        raise WrongFile([Fault(1, "the file holds no settings, or more than one document")])
    return found[0]


def _numbered(given: Any, people: Names) -> Any:
    """Raises KeyError with a name that nobody has."""
    if not isinstance(given, dict) or not isinstance(given.get(OF_PEOPLE), dict):
        return given
    numbers = {name.casefold(): staff_id for name, staff_id in people.items()}
    named = {}
    for name, count in given[OF_PEOPLE].items():
        if str(name).casefold() not in numbers:
            raise KeyError(str(name))
        named[str(numbers[str(name).casefold()])] = count
    return {**given, OF_PEOPLE: named}


def _merged(kept: Any, given: Any, *, none_is_a_value: bool = False) -> Any:
    """Values in groups one by one, lists and the numbers of people as a whole."""
    if not isinstance(kept, dict) or not isinstance(given, dict):
        return given
    merged = dict(kept)
    for name, value in given.items():
        if value is None and not none_is_a_value:
            merged.pop(name, None)
        elif name == OF_PEOPLE:
            merged[name] = value
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


# Of these the library speaks with the names of our classes.
_BELOW = "names and values belong below it; guanxi config export shows how"
_LIST = "a list belongs here, as in [a, b]; guanxi config export shows how"
WANTED = {"model_type": _BELOW, "dict_type": _BELOW, "list_type": _LIST, "tuple_type": _LIST}


def _fault(node: yaml.Node, topic: str, error: Any) -> Fault:
    path = [str(part) for part in error["loc"]]
    why = WANTED.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    return Fault(line_of(node, [topic, *path]), f"{'.'.join([topic, *path])}: {why}")
