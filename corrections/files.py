"""Write an approved example where its kind belongs. Comments and order of a file stay; nothing is written twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - it names a state, as people say it
    """An example that cannot be written; the message says why and what to do instead."""


@dataclass(frozen=True)
class Repository:
    """The files of the assistant, below one folder."""

    root: Path

    def add_nlu(self, intent: str, text: str) -> Path | None:
        """Add an example of an intent; None when these words stand there already."""
        path = self.root / "data" / "nlu" / f"{intent}.yml"
        require(path, f"no intent '{intent}' has a file there")
        for other, line in self.nlu_examples():
            if words(line) == words(text) and other == intent:
                return None
            if words(line) == words(text):
                raise Refused(f"'{text}' stands under {other} already. Decide which is right, and move it by hand.")
        lines = path.read_text("utf-8").splitlines()
        insert_after_last(lines, 0, len(lines), f"    - {plain(text)}")
        return save(path, lines)

    def nlu_examples(self) -> Iterator[tuple[str, str]]:
        """Give each example with its intent, which is the name of its file."""
        for path in sorted((self.root / "data" / "nlu").glob("*.yml")):
            for line in path.read_text("utf-8").splitlines():
                if line.startswith("    - "):
                    yield path.stem, line[6:]

    def add_flag_example(self, flag: str, key: str, text: str) -> Path | None:
        """Add an example to `fires` or `does_not_fire` of a red flag; None when it stands there already."""
        found = sorted((self.root / "knowledge" / "red_flags").glob(f"{flag}_*.yml"))
        if len(found) != 1:
            raise Refused(f"knowledge/red_flags has no file for '{flag}'. Was the red flag renamed since?")
        return add_to_list(found[0], f"{key}:", f"  - {json.dumps(text, ensure_ascii=False)}")

    def add_meaning(self, concept: str, assertion: str, text: str) -> Path | None:
        """Add how a sign is meant; None when it stands there already."""
        path = self.root / "tests" / "understanding" / "meant.yml"
        return add_to_list(path, f"{assertion}:", f"  - {concept}: {json.dumps(text, ensure_ascii=False)}")

    def add_story(self, title: str, steps: str) -> Path | None:
        """Write a test story into a file of its own; None when the same story stands there already."""
        name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
        content = f'version: "3.1"\n\nstories:\n  - story: {title}\n    steps:\n{steps}'
        for number in range(1, 100):
            suffix = f"_{number}" if number > 1 else ""
            path = self.root / "tests" / "conversations" / f"test_{name}{suffix}.yml"
            if not path.exists():
                path.write_text(content, encoding="utf-8")
                return path
            if path.read_text("utf-8") == content:
                return None
        raise Refused(f"There are 99 test stories called '{title}'. Choose a title that says what this one shows.")


def require(path: Path, why: str) -> None:
    """Refuse a file that does not exist."""
    if not path.exists():
        raise Refused(f"{path.parent.name}/{path.name}: {why}. Was it renamed since?")


def words(text: str) -> frozenset[str]:
    """Give the words of a text without order, case and apostrophes, as the test of the examples compares them."""
    return frozenset(re.findall(r"\w+", re.sub("['’]", "", text.lower())) or text)


def plain(text: str) -> str:
    """Take out what Rasa would read as an entity or a regular expression."""
    return re.sub(r"[\[\]{}]", "", text).lstrip("/ ")


def add_to_list(path: Path, key: str, line: str) -> Path | None:
    """Add a line at the end of the list below a key; None when it stands there already."""
    lines = path.read_text("utf-8").splitlines()
    if key not in lines:
        raise Refused(f"{path.name} has no list '{key}'. Add it by hand.")
    begin = lines.index(key) + 1
    end = next((n for n in range(begin, len(lines)) if re.match(r"\S", lines[n])), len(lines))
    if any(one.split("  #")[0].rstrip() == line for one in lines[begin:end]):
        return None
    insert_after_last(lines, begin, end, line)
    return save(path, lines)


def insert_after_last(lines: list[str], begin: int, end: int, line: str) -> None:
    """Insert a line after the last item of a list."""
    last = max((n for n in range(begin, end) if lines[n].lstrip().startswith("- ")), default=begin - 1)
    lines.insert(last + 1, line)


def save(path: Path, lines: list[str]) -> Path:
    """Write the file."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
