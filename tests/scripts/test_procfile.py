"""The Procfile starts Rasa with the right model."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from scripts.project import ROOT


@pytest.mark.parametrize(
    ("promoted", "model", "started"),
    [
        ("", "", "models/assistant.tar.gz"),
        ("candidate.tar.gz\n", "", "models/candidate.tar.gz"),
        ("candidate.tar.gz\n", "/else/where.tar.gz", "/else/where.tar.gz"),
    ],
)
def test_rasa_starts_with_the_model_that_was_promoted(tmp_path: Path, promoted: str, model: str, started: str) -> None:
    found = re.search(r'--model ("[^ ].*?\)\}")', (ROOT / "Procfile").read_text(encoding="utf-8"))
    assert found is not None
    if promoted:
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "serving").write_text(promoted, encoding="utf-8")
    said = subprocess.run(  # noqa: S603 - our own Procfile
        ["/bin/sh", "-c", f"echo {found[1]}"], cwd=tmp_path, env={"MODEL": model}, capture_output=True, check=True
    )
    assert said.stdout.decode().strip() == started
