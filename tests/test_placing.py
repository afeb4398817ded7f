"""A bundle takes the last one's place, and what else people keep in its folder stays."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from builder.bundle import Placed, write_bundle
from builder.folders import MARKER
from builder.signals import Terminated, signals_as_exceptions


def lay_beside(out: Path) -> dict[Path, str]:
    """Put into a bundle's folder what people keep in one; return all of it."""
    others = {"CNAME": "example.org", ".nojekyll": "", ".git/HEAD": "main", "assets/logo.svg": "<>"}
    for name, text in others.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(text)
    (out / "nowhere").symlink_to("none")
    return {out / name: text for name, text in others.items()}


FIRST = {"assets/a-1.js": b"", "assets/a-1.js.gz": b"", MARKER: b'{"assets": ["assets/a-1.js"]}'}
SECOND = {"assets/b-2.js": b"", MARKER: b'{"assets": ["assets/b-2.js"]}'}


def test_what_no_build_has_put_into_a_bundles_folder_stays_there(
    tmp_path: Path,
) -> None:
    out = tmp_path / "site"
    assert write_bundle(FIRST, out) == Placed([], None)
    others = lay_beside(out)
    for _ in range(2):
        kept = write_bundle(SECOND, out).others
        assert {out / path for path in kept} >= {out / ".git", out / "CNAME", out / "nowhere"}
        assert {path: path.read_text() for path in others} == others
    assert (out / "nowhere").is_symlink()
    assert not list(out.rglob("a-1.js*"))


def test_where_the_new_bundle_cannot_take_its_place_all_is_in_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_bundle(FIRST, out)
    others = lay_beside(out)
    before = set(out.rglob("*"))
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "CNAME" and target.parent == out:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bundle(SECOND, out)
    assert set(out.rglob("*")) == before
    assert {path: path.read_text() for path in others} == others
    assert [path.name for path in tmp_path.iterdir() if "site" in path.name] == ["site"]


@pytest.mark.skipif(os.name != "posix", reason="these signals are POSIX's")
@pytest.mark.parametrize("after", [".last", "site"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_while_the_bundle_takes_its_place_is_heard_when_all_of_it_is_there(
    name: str, after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_bundle(FIRST, out)
    others = lay_beside(out)
    replace = Path.replace

    def signalled(path: Path, target: Path) -> Path:
        placed = replace(path, target)
        if target.name.endswith(after):
            signal.raise_signal(number)
        return placed

    monkeypatch.setattr(Path, "replace", signalled)
    number = getattr(signal, name)
    usual = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    before = signal.signal(number, usual)  # the suite may have been started by nohup
    try:
        with signals_as_exceptions(), pytest.raises((KeyboardInterrupt, Terminated)) as caught:
            write_bundle(SECOND, out)
    finally:
        signal.signal(number, before)
    assert caught.value.__notes__ == ["The new bundle is in place."]
    assert (out / "assets/b-2.js").exists() and not list(out.rglob("a-1.js*"))
    assert {path: path.read_text() for path in others} == others
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_old_bundle_that_cannot_be_deleted_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_bundle(FIRST, out)
    rmtree = shutil.rmtree

    def kept(path: Path, **given: Any) -> None:
        if not path.name.endswith(".last"):
            rmtree(path, **given)

    monkeypatch.setattr(shutil, "rmtree", kept)
    left = write_bundle(SECOND, out).left
    assert left is not None and (left / "assets/a-1.js").exists()
    assert left.parent == tmp_path
