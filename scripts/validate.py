"""Read every knowledge file and say what is there, or what is wrong, where, and how to mend it."""

from __future__ import annotations

import sys

import understanding
from triage import knowledge
from triage.errors import KnowledgeError


def main() -> int:
    """Load all knowledge; give 1 when a file is wrong."""
    try:
        known, reader = knowledge.load(), understanding.load()
        reader.check_examples()
    except KnowledgeError as error:
        print(f"knowledge: {error}", file=sys.stderr)
        return 1
    print(
        f"Knowledge {known.version} is in order: {len(reader.flags)} red flags, {len(known.overrides)} overrides, "
        f"{len(known.questions)} questions, {len(known.look_alikes)} look-alikes, {len(known.sources)} sources"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
