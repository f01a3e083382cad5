"""Read texts as JSON lines, write levels: our keyword list as targets, medspaCy's shipped rules for context.

Runs in its own environment: `uv run --frozen python answer.py ../keywords.yml < texts`.
"""

import json
import sys
from pathlib import Path

import medspacy
import yaml
from medspacy.ner import TargetRule

SILENT = ("is_negated", "is_historical", "is_hypothetical", "is_family")


def main() -> None:
    """Answer every line of the standard input."""
    levels = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    nlp = medspacy.load()
    rules = [TargetRule(phrase, level.upper()) for level, phrases in levels.items() for phrase in phrases]
    nlp.get_pipe("medspacy_target_matcher").add(rules)
    order = [level.upper() for level in levels]
    for line in sys.stdin:
        found = [one for one in nlp(json.loads(line)).ents if not any(getattr(one._, name) for name in SILENT)]
        best = min((order.index(one.label_) for one in found), default=None)
        print(json.dumps(None if best is None else order[best].lower()), flush=True)


if __name__ == "__main__":
    main()
