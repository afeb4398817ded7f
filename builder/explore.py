"""The exercise's `explore.py`, which draws learners' functions: read early, and proved."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import limits
from .errors import BuildError
from .hidden_tests import NAME as TESTS
from .import_graph import imports_of
from .reading import decoded, read_bytes

if TYPE_CHECKING:
    from .exercise import Exercise
    from .grade import Judge

FILE = "explore.py"
Explored = dict[str, Any]

_OWN = ("solution", "starter", TESTS)
_HOW = "docs/explore.md says what it has to return."
_DRAWABLE = "Return None where nothing is to be drawn: a gap."


def read_explore(folder: Path, entry_points: list[str], page_python: tuple[int, int]) -> str | None:
    """Return the text of an exercise's `explore.py`, or None where it has none.

    Raises:
        BuildError: if it cannot be one.
    """
    path = folder / FILE
    if not path.exists() and not path.is_symlink():
        return None
    if path.is_symlink():
        raise BuildError("is a link", "Put the file itself there: it goes to learners.", path)
    source = decoded(path, read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_imports(path, source)
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        if sys.version_info >= page_python:
            cause = f"Python cannot read it: {problem.msg}"
            raise BuildError(cause, "Mend the line.", path, problem.lineno) from None
        return source  # the page's newer Python may read it: the proof will tell
    _refuse_function(path, tree, entry_points)
    return source


def is_unread(source: str) -> bool:
    """Whether this Python cannot read an `explore.py`: then only the page's own tells of it."""
    try:
        ast.parse(source)
    except SyntaxError:
        return True
    return False


def _refuse_imports(path: Path, source: str) -> None:
    """Refuse one that imports what stays with its author, or what is handed to it."""
    for name in imports_of(source.encode()):
        top = name.parts[0] if name.parts else ""
        if top in _OWN or _is_test(path.parent / TESTS, top):
            cause = f"imports {'.'.join(name.parts)}"
            remedy = (
                "Take the learner's functions as parameters of explore, by their names: it goes to "
                "learners, and neither the tests nor the reference may go with it."
            )
            raise BuildError(cause, remedy, path, name.line)


def _is_test(tests: Path, name: str) -> bool:
    if not name or name in sys.stdlib_module_names:
        return False
    return (tests / f"{name}.py").exists() or (tests / name).is_dir()


def _refuse_function(path: Path, tree: ast.Module, entry_points: list[str]) -> None:
    names = " and ".join(entry_points)
    wanted = f"Define `def explore({', '.join(entry_points)}):` at the top level."
    found = [f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name == "explore"]
    if not found:
        lines = list(_lines_naming("explore", tree))
        cause = (
            "explore is no plain function of its own"
            if lines
            else "there is no function explore in it"
        )
        raise BuildError(cause, wanted, path, min(lines, default=None))
    taken, line = found[-1].args, found[-1].lineno
    if taken.posonlyargs or taken.vararg or taken.kwarg:
        raise BuildError("explore has to take functions by their names alone", wanted, path, line)
    if not (taken.args or taken.kwonlyargs):
        raise BuildError("explore takes no function to draw", wanted, path, line)
    for parameter in (*taken.args, *taken.kwonlyargs):
        if parameter.arg not in entry_points:
            cause = f"explore takes {parameter.arg}, and learners write {names}"
            raise BuildError(cause, wanted, path, line)


def _lines_naming(name: str, tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.AsyncFunctionDef() | ast.FunctionDef() | ast.ClassDef() if node.name == name:
                yield node.lineno
            case ast.Name() if node.id == name:
                yield node.lineno
            case ast.alias() if name in (node.name, node.asname):
                yield node.lineno


def explore_facts(source: str) -> dict[str, Any]:
    """Return what page and engine are told of an `explore.py`."""
    return {"source": source, "bounds": limits.EXPLORE}


def drawing_parts(exercise: Exercise) -> list[bytes | str]:
    """Return what a drawing and its proof depend on, beside the engine."""
    own = Path(__file__).read_bytes()
    reference = exercise.solution_path.read_bytes()
    facts = repr(exercise.explore and explore_facts(exercise.explore))
    return [own, facts, reference, exercise.starter]


def shipped_explore(exercise: Exercise, charts: list[Any] | None) -> Iterator[bytes]:
    """Yield the contents of ``explore.json``, where the exercise has an `explore.py`."""
    if exercise.explore is not None:
        reference = charts if exercise.show_expected else None
        yield json.dumps({**explore_facts(exercise.explore), "reference": reference}).encode()


def prove_explore(exercise: Exercise, judge: Judge) -> list[Any]:
    """Return the charts that `explore.py` makes of the reference.

    Raises:
        BuildError: if it does not draw the reference whole, or comes to no end with the starter.
    """
    assert exercise.explore is not None
    facts = explore_facts(exercise.explore)
    reference = exercise.solution_path.read_text("utf-8-sig")
    drawn = judge.explore(reference, facts)
    _refuse_reference(exercise, drawn)
    if judge.explore(reference, facts) != drawn:
        cause = "with solution.py, it draws something else each time"
        remedy = (
            "Seed what is random inside explore, and read no clock: `np.random.default_rng(0)`."
        )
        raise _at_function(exercise, cause, remedy)
    # What it raises with the starter learners are shown as well.
    _refuse_endless(exercise, judge.explore(exercise.starter, facts), "starter.py")
    return list(drawn["charts"])


def _refuse_reference(exercise: Exercise, said: Explored) -> None:
    """Refuse an `explore.py` that does not draw the reference, whole."""
    _refuse_endless(exercise, said, "solution.py")
    if said["kind"] == "misshapen":
        raise _at_function(exercise, f"with solution.py, {said['message']}", _HOW)
    if said["kind"] != "drawn":
        _refuse_raised(exercise, said)
    for chart in said["charts"]:
        for series in chart["series"]:
            _refuse_series(exercise, chart["title"], series)


def _refuse_raised(exercise: Exercise, said: Explored) -> None:
    error = said.get("error")
    if error is None:
        raise BuildError(
            f"cannot draw solution.py: {said['message']}", _HOW, exercise.folder / FILE
        )
    if error["type"] in ("SyntaxError", "IndentationError", "TabError"):
        cause = f"Python cannot read it: {error['message']}"
        raise BuildError(cause, "Mend the line.", exercise.folder / FILE, said["at"])
    place = f", {exercise.solution_path}:{error['line']}" if error["line"] else ""
    cause = f"with solution.py, it raises {error['type']}: {error['message']}{place}"
    remedy = "Mend it. In the page there are Python's own library and NumPy, and no other file."
    raise BuildError(cause, remedy, exercise.folder / FILE, said["at"])


def _refuse_series(exercise: Exercise, title: str, series: dict[str, Any]) -> None:
    what = f"“{series['name']}” of chart “{title}”"
    for odd, count in series["odd"]:
        if odd not in ("NaN", "None"):
            said = f"{count} of {len(series['y'])} values of {what} are no finite numbers ({odd})"
            raise _at_function(exercise, f"with solution.py, {said}", _DRAWABLE)
    if all(y is None for y in series["y"]):
        raise _at_function(exercise, f"with solution.py, {what} is a gap from end to end", _HOW)


def _refuse_endless(exercise: Exercise, said: Explored, name: str) -> None:
    path = exercise.folder / FILE
    if said["kind"] == "late":
        cause = f"with {name}, it does not return within {exercise.run_seconds:g} seconds"
        remedy = "Make fewer calls, or raise `run_seconds` in problem.md."
        raise BuildError(cause, remedy, path, said["at"])
    if said["kind"] in ("broken", "unreadable"):
        cause = f"with {name}, Python breaks down, or what it returns is too large"
        raise BuildError(cause, "Make fewer and smaller calls.", path)


def _at_function(exercise: Exercise, cause: str, remedy: str) -> BuildError:
    """Make an error at the function: which of its lines made a value is not known."""
    # By its text: what the page's Python reads, the build's may be too old for.
    source = exercise.explore or ""
    *_, found = [None, *re.finditer(r"(?m)^def explore\b", source)]
    line = source.count("\n", 0, found.start()) + 1 if found else None
    return BuildError(cause, remedy, exercise.folder / FILE, line)
