"""The next model is loaded beside the one that serves, and takes its place only when it is ready and the right one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from components import serving
from components.serving import ModelRefused, Models, sum_of


def agent(path: str = "old.tar.gz", domain: str = "old domain") -> Any:
    """Stand in for an agent of Rasa."""
    store = SimpleNamespace(domain=domain)
    processor = SimpleNamespace(model_path=path, tracker_store=store)
    return SimpleNamespace(processor=processor, tracker_store=store, domain=domain, lock_store="locks")


@pytest.fixture
def models(tmp_path: Path) -> Models:
    """A folder with two models."""
    for name in ("old.tar.gz", "new.tar.gz"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return Models(tmp_path)


def stage(models: Models, name: str, expected: str | None = None) -> Any:
    """Load a model beside the old one."""
    expected = expected or sum_of(models.folder / "new.tar.gz")
    return asyncio.run(models.stage(agent(), name, expected))


def test_a_loaded_model_takes_over_with_the_trackers_of_the_old_one(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "load", lambda path, old: agent(str(path), "new domain"))
    old = agent()
    stage(models, "new.tar.gz")
    new = models.switch(old, "new.tar.gz")
    assert (new.tracker_store, new.processor.tracker_store) == (old.tracker_store, old.tracker_store)
    assert new.tracker_store.domain == "new domain"
    assert models.serving(new) == {"model": "new.tar.gz", "sha256": sum_of(models.folder / "new.tar.gz")}
    assert (models.folder / "serving").read_text("utf-8") == "new.tar.gz\n"


@pytest.mark.parametrize("name", ["../old.tar.gz", "/etc/passwd", "none.tar.gz", "", "a/b.tar.gz", "serving"])
def test_only_models_of_the_folder_are_loaded(models: Models, name: str) -> None:
    with pytest.raises(ModelRefused, match="There is no model"):
        stage(models, name)


def test_another_file_of_the_same_name_is_refused(models: Models) -> None:
    with pytest.raises(ModelRefused, match="not the file that was replayed"):
        stage(models, "new.tar.gz", "0" * 64)


def test_a_model_that_cannot_be_loaded_leaves_the_old_one_alone(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, old: Any) -> Any:
        raise ValueError("no model in there")

    monkeypatch.setattr(serving, "load", broken)
    with pytest.raises(ModelRefused, match="cannot be loaded: ValueError"):
        stage(models, "new.tar.gz")
    assert models.staged is None


def test_nothing_takes_over_before_it_is_loaded(models: Models) -> None:
    with pytest.raises(ModelRefused, match="Load it first"):
        models.switch(agent(), "new.tar.gz")
    assert not (models.folder / "serving").exists()


def test_the_sum_is_the_one_of_the_start(models: Models) -> None:
    """`make train` may write another file of that name while the old one serves."""
    path = models.folder / "old.tar.gz"
    first = models.serving(agent(str(path)))
    path.write_text("trained again", encoding="utf-8")
    assert models.serving(agent(str(path))) == first


def test_a_rasa_without_a_model_says_so(models: Models) -> None:
    assert models.serving(None) == {"model": None, "sha256": None}
