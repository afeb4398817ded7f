"""What must never be committed, and what the pins promise."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
REGISTRY = re.compile(
    r"https?://[^ ]*(/simple|/packages/|registry\.|pypi\.|pythonhosted)|index-url"
)


def tracked() -> list[Path]:
    """The files under version control, or all files where there is none."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash_and_names_no_index(path: Path) -> None:
    text = path.read_text("utf-8")
    pins = re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)
    assert pins and len(pins) == len(re.findall(r"==[^\n]+ \\\n +--hash=sha256:", text))
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an option of pip, such as an index"


def test_the_npm_lock_names_no_address_and_holds_every_package_to_a_hash() -> None:
    lock = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))
    packages = [facts for name, facts in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in facts and facts["integrity"] for facts in packages)


def test_no_generated_or_large_file_is_tracked_and_no_path_of_a_machine_is_named() -> None:
    home = re.compile(rb"(?<![\w.])/(root|home/(?!pyodide)\w+|Users/\w+)/")
    for path in tracked():
        place = path.relative_to(ROOT)
        assert not {"dist", "node_modules", ".cache"} & set(place.parts), place
        data = path.read_bytes()
        assert len(data) < 500_000, f"{place} is large"
        assert path.suffix == ".png" or not home.search(data), place


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    sources = [path for path in tracked() if path.suffix in (".py", ".ts", ".mjs", ".css")]
    lengths = {p.relative_to(ROOT).as_posix(): len(p.read_text().splitlines()) for p in sources}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_the_page_never_makes_markup_of_text() -> None:
    maker = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    for path in (ROOT / "web/src").rglob("*.ts"):
        assert not maker.search(path.read_text("utf-8")), path.name
