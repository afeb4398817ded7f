"""A bundle takes the last one's place, and what else people keep in its folder stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.bundle import write_bundle
from builder.folders import MARKER


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
    assert write_bundle(FIRST, out) == []
    others = lay_beside(out)
    for _ in range(2):
        kept = write_bundle(SECOND, out)
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
