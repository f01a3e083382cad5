"""Knowledge files while they are read: every complaint names file, record and cure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml

from triage import conditions
from triage.conditions import Condition, Group
from triage.errors import KnowledgeError
from triage.facts import problem
from triage.model import Level

Raw = Mapping[str, Any]
_BASE: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, eight times as fast


class _Loader(_BASE):  # type: ignore[misc,valid-type]
    """YAML itself keeps the last of two equal keys and drops the first without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key.value}' stands twice; put both under one", key.start_mark
                )
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))


def read_yaml(path: Path) -> dict[str, Any]:
    """Read one file; raises KnowledgeError when it is missing or broken."""
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise KnowledgeError(f"{path} is missing. Restore it from version control.") from None
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name} is no valid YAML: {error}. Check quotes and indentation there.") from error
    if not isinstance(raw, dict):
        raise KnowledgeError(f"{path.name} must be a mapping of keys to values.")
    return raw


def check_among(name: str, record: str, key: str, used: Iterable[str], known: Iterable[str]) -> None:
    """Raise KnowledgeError when a record names something that does not exist."""
    wrong = sorted(set(used) - set(known))
    if wrong:
        raise KnowledgeError(f"{name}: {record}: '{key}' names {wrong[0]!r}. Use some of {sorted(known)}.")


class KnowledgeFile:
    """One YAML file while it is read: takes keys and complains with file, record and cure."""

    def __init__(self, path: Path, sources: Iterable[str]) -> None:
        self.name = path.name
        self.raw = read_yaml(path)
        self._sources = frozenset(sources)

    def records(self, key: str) -> list[dict[str, Any]]:
        """Give a list of records; raises KnowledgeError when the key is missing or an id is used twice."""
        records = self.list(self.raw, key)
        ids = [self.text(record, "id") for record in records]
        for one in ids:
            if ids.count(one) > 1:
                raise KnowledgeError(f"{self.name}: the id '{one}' is used twice under '{key}:'. Give one another id.")
        return [dict(record) for record in records]

    def text(self, record: Raw, key: str) -> str:
        """Give a required text."""
        value = record.get(key)
        return value.strip() if isinstance(value, str) and value.strip() else self._refuse(record, key, "a text")

    def list(self, record: Raw, key: str) -> list[Any]:
        """Give a required list."""
        value = record.get(key)
        return value if isinstance(value, list) else self._refuse(record, key, "a list")

    def mapping(self, record: Raw, key: str) -> dict[str, Any]:
        """Give a required mapping."""
        value = record.get(key)
        return value if isinstance(value, dict) else self._refuse(record, key, "a mapping")

    def _refuse(self, record: Raw, key: str, kind: str) -> NoReturn:
        name = record.get("id") or "a record without id"
        raise KnowledgeError(f"{self.name}: {name}: '{key}' is {record.get(key)!r}. Write {kind}.")

    def level(self, record: Raw) -> Level:
        """Give the level of a record; a typo stops the start."""
        try:
            return Level(record.get("level"))
        except ValueError:
            raise KnowledgeError(
                f"{self.name}: {record.get('id')}: level {record.get('level')!r} is no level. "
                f"Use one of {[one.value for one in Level]}."
            ) from None

    def source(self, record: Raw) -> tuple[str, ...]:
        """Give the source keys; each must be in sources.yml."""
        keys = tuple(self.list(record, "source"))
        for key in keys:
            if key not in self._sources:
                raise KnowledgeError(
                    f"{self.name}: {record.get('id')}: source '{key}' is not in sources.yml. "
                    "Add it there or correct the key."
                )
        if not keys:
            raise KnowledgeError(f"{self.name}: {record.get('id')}: no source. Cite one, or J for a judgement.")
        return keys

    def condition(self, record: Raw, id_: str = "") -> Condition:
        """Give the condition of a record."""
        return conditions.read(record, f"{self.name}: {record.get('id', id_)}")

    def facts(self, record: Raw, key: str) -> Group:
        """Give a mapping of facts that are established."""
        return self.group(record.get(key), f"{record['id']}: '{key}'")

    def group(self, group: Any, where: str) -> Group:
        """Check a mapping of facts to values."""
        if not isinstance(group, dict):
            raise KnowledgeError(f'{self.name}: {where} is {group!r}. Write facts such as {{itch: "no"}}, or {{}}.')
        for fact, value in group.items():
            wrong = problem(fact, value)
            if wrong:
                raise KnowledgeError(f"{self.name}: {where}: {wrong}.")
        return group
