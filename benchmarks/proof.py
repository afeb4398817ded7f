"""How long an instructor waits for a proof, as whole processes beside how long that may take."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import build
from builder.progress import Say

from .samples import Row, Samples
from .sites import ROOT

# What is measured, how long it may take (s), and in words.
LIMITS = {
    "all": (6.0, "build.py --check of this exercise, nothing proved before"),
    "one": (2.0, "the same, one wrong solution changed"),
    "nothing": (0.5, "the same, nothing changed"),
    "grade": (2.0, "build.py --grade of one file"),
}
ROWS = [
    Row(words, f"proof: {name}", (f"proof: {name}", "limit"), 1.0, None, "s", note="its limit")
    for name, (_, words) in LIMITS.items()
]
_CHANGED = "hidden_tests/wrong_solutions/log_base_2.py"


def measure(folder: Path, rounds: int, samples: Samples, say: Say) -> None:
    """Take the time of each command, with the runtime in the cache."""
    exercise = folder / "proved"
    exercise.mkdir()
    for name in ("problem.md", "starter.py", "solution.py", "explore.py"):
        shutil.copy(ROOT / name, exercise)
    shutil.copytree(ROOT / "hidden_tests", exercise / "hidden_tests")
    check = [str(exercise), "--check"]
    _run(check)  # whatever else has to be made is made
    for number in range(rounds):
        say(f"proof: round {number + 1} of {rounds}")
        _take("all", lambda: shutil.rmtree(build.CACHE / "proofs"), check, samples)
        _take("one", lambda: _change(exercise / _CHANGED), check, samples)
        _take("nothing", lambda: None, check, samples)
        _take("grade", lambda: None, [str(exercise), "--grade", str(ROOT / "solution.py")], samples)


def _take(name: str, prepare: Callable[[], object], words: list[str], samples: Samples) -> None:
    prepare()
    samples.add(f"proof: {name}", "ours", _run(words))
    samples.add(f"proof: {name}", "limit", LIMITS[name][0])


def _change(path: Path) -> None:
    path.write_text(f"{path.read_text('utf-8')}# changed\n", "utf-8")


def _run(words: list[str]) -> float:
    """Run the build's command line; return the seconds that it took."""
    began = time.perf_counter()
    command = [sys.executable, str(ROOT / "build.py"), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began
