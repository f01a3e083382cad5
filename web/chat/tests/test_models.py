"""The tables agree with the triage and with their migrations."""

from __future__ import annotations

import runpy
from pathlib import Path

from django.core.management import call_command

from chat.models import Disposition

TRIAGE_MODEL = Path(__file__).resolve().parents[3] / "triage" / "model.py"


def test_the_levels_are_those_of_the_triage() -> None:
    level = runpy.run_path(str(TRIAGE_MODEL), run_name="triage.model")["Level"]
    assert [(one.value, one.urgency) for one in Disposition] == [(one.value, one.rank + 1) for one in level]


def test_no_change_of_a_table_lacks_its_migration(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
