"""Setting up from a bare python3: what is wrong is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import environments, project
from scripts.project import Problem

Answers = dict[str, tuple[int, str]]


def answer_with(monkeypatch: pytest.MonkeyPatch, answers: Answers) -> None:
    """Let every command answer by its words instead of running."""

    def output_of(command: list[object], **_: object) -> tuple[int, str]:
        words = " ".join(map(str, command))
        return next((answer for part, answer in answers.items() if part in words), (0, ""))

    monkeypatch.setattr(environments, "output_of", output_of)


def test_a_python_that_cannot_be_had_is_named_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, {"python find": (2, ""), "python install": (1, "error: no route to host")})
    with pytest.raises(Problem) as raised:
        environments.require_python(project.ROOT)
    assert str(raised.value) == (
        "Python 3.10 is not on this machine and could not be downloaded: error: no route to host. It is needed because "
        "Rasa 3.6 runs on no newer one. Install it ('pyenv install 3.10', or your system's package python3.10) and run "
        "the same command again."
    )


def test_a_python_that_is_there_is_not_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, {"python install": (1, "must not be asked for")})
    environments.require_python(project.WEB)


def test_a_stale_lock_is_named_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = "The lockfile at `uv.lock` needs to be updated, but `--check` was provided."
    answer_with(monkeypatch, {"lock --check": (1, stale)})
    with pytest.raises(Problem, match=r"^web/uv\.lock is stale: .* Run '\.uv/bin/uv --directory web lock'"):
        environments.check_lock(project.WEB)


def test_a_lock_that_cannot_be_checked_without_a_network_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, {"lock --check": (2, "error: dns error")})
    environments.check_lock(project.WEB)


def test_a_missing_venv_module_is_named_with_the_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.setattr(environments, "UV", tmp_path / "uv")
    answer_with(monkeypatch, {"-m venv": (1, "ensurepip is not available")})
    with pytest.raises(Problem, match="install the package python3-venv"):
        environments.install_uv()


def test_a_full_disk_is_found_before_anything_is_installed() -> None:
    with pytest.raises(Problem, match=r"GB free, and setting up needs 1e\+06 GB\. Make room"):
        project.require_space(1e6)
