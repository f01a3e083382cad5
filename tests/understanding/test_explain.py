"""`python -m understanding` explains itself."""

import pytest

from understanding.__main__ import main


def test_prints_findings_flags_and_the_cue(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no fever but my tongue is swelling up"]) == 0
    printed = capsys.readouterr().out
    assert "fever [fever] absent because of 'no'" in printed
    assert "E01 (emergency)" in printed


def test_why_says_what_is_lacking(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no pus here", "--why", "U02"]) == 0
    printed = capsys.readouterr().out
    assert "does not count: pus [pus] absent because of 'no'" in printed


def test_unknown_flag_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hello", "--why", "E99"]) == 2
    assert "'E99' is no red flag. Use one of: " in capsys.readouterr().err
