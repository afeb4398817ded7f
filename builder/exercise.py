"""Read an exercise's folder into facts, refusing what cannot be an exercise."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .errors import BuildError

_FENCE = "---"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POLICIES = ("hidden",)
# The Python that runs in the page; an older one that builds cannot read all of its syntax.
IN_THE_PAGE = (3, 13)
_HEAD = re.compile(r"^def (\w+)(?:\[[^\]]*\])?\((.*?)\)(?: *->[^\n]*)?:", re.MULTILINE | re.DOTALL)
_FIRST_STRING = re.compile(r'\s*(?:"""(?:[^\\]|\\.)*?"""|"[^"\n]*"|\'[^\'\n]*\')', re.DOTALL)
_CAUGHT_BY = re.compile(r"^Caught by:\s*(.+)\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class EntryPoint:
    """A function that the learner writes."""

    name: str
    parameters: int


@dataclass(frozen=True)
class WrongSolution:
    """A planted wrong answer, its mistake in a learner's words, and the tests that catch it."""

    path: Path
    mistake: str
    caught_by: tuple[str, ...]


@dataclass(frozen=True)
class Exercise:
    """Everything that an exercise's folder says."""

    folder: Path
    title: str
    slug: str
    difficulty: str
    language: str
    tags: tuple[str, ...]
    entry_points: tuple[EntryPoint, ...]
    call_seconds: float
    run_seconds: float
    offline: bool
    statement: str
    statement_line: int
    starter: str
    wrong_solutions: tuple[WrongSolution, ...]

    @property
    def problem_path(self) -> Path:
        """The statement's file."""
        return self.folder / "problem.md"

    @property
    def solution_path(self) -> Path:
        """The reference's file."""
        return self.folder / "solution.py"

    @property
    def starter_path(self) -> Path:
        """The file that a learner starts from."""
        return self.folder / "starter.py"

    @property
    def tests_path(self) -> Path:
        """The folder of the hidden tests."""
        return self.folder / "hidden_tests"


def read_exercise(folder: Path) -> Exercise:
    """Read an exercise.

    Raises:
        BuildError: if a file is missing or does not say what it must.
    """
    problem = folder / "problem.md"
    matter, statement, statement_line = _front_matter(problem, _read(problem))
    starter = _read(folder / "starter.py")
    _read(folder / "solution.py")
    tests = folder / "hidden_tests"
    if not list(tests.glob("test_*.py")):
        raise BuildError("there are no hidden tests", "Add a file test_….py to the folder.", tests)
    return Exercise(
        folder=folder,
        title=matter.text("title"),
        slug=matter.slug(),
        difficulty=matter.text("difficulty"),
        language=matter.text("language", "Python"),
        tags=matter.texts("tags", ()),
        entry_points=_entry_points(matter, folder / "starter.py", starter),
        call_seconds=matter.seconds("call_seconds", 5.0),
        run_seconds=matter.seconds("run_seconds", 20.0),
        offline=matter.flag("offline", True),
        statement=statement,
        statement_line=statement_line,
        starter=starter,
        wrong_solutions=_wrong_solutions(tests / "wrong_solutions"),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BuildError("the file is missing", "An exercise needs it.", path) from None
    except OSError as problem:
        cause = f"cannot be read: {problem.strerror}"
        raise BuildError(cause, "It has to be a file that you may read.", path) from None
    except UnicodeDecodeError as problem:
        cause = f"the file is not UTF-8 text (byte {problem.start})"
        raise BuildError(cause, "Save it as UTF-8.", path) from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        cause = f"cannot be read: {problem.strerror}"
        raise BuildError(cause, "It has to be a file that you may read.", path) from None


@dataclass(frozen=True)
class _Matter:
    """The front matter, with the line of every key."""

    path: Path
    values: dict[str, Any]
    lines: dict[str, int]

    def error(self, key: str, cause: str, remedy: str) -> BuildError:
        return BuildError(f"`{key}` {cause}", remedy, self.path, self.lines.get(key, 1))

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "must be a text", f"Write `{key}: …` in the front matter.")
        return value.strip()

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.values.get(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
            raise self.error(key, "must be a list of texts", f"Write `{key}: [one, two]`.")
        return tuple(value)

    def seconds(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 600:
            raise self.error(key, "must be a number of seconds", f"Write `{key}: {default:g}`.")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, "must be true or false", f"Write `{key}: {default}`.".lower())
        return value

    def slug(self) -> str:
        value = self.text("slug")
        if not _SLUG.fullmatch(value):
            remedy = "Use lower-case letters, digits and single hyphens."
            raise self.error("slug", f"is {value!r}, which cannot be a name in an address", remedy)
        return value


_KEYS = (
    "title",
    "slug",
    "difficulty",
    "language",
    "tags",
    "entry_points",
    "call_seconds",
    "run_seconds",
    "offline",
    "solution_policy",
)


def _front_matter(path: Path, text: str) -> tuple[_Matter, str, int]:
    """Return the front matter, the rest, and the line that the rest begins on."""
    lines = text.splitlines(keepends=True)
    fences = [number for number, line in enumerate(lines) if line.strip() == _FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        remedy = "Begin the file with `---`, then `title: …` and so on, then `---`."
        raise BuildError("there is no front matter", remedy, path, 1)
    matter = _matter(path, "".join(lines[1 : fences[1]]))
    return matter, "".join(lines[fences[1] + 1 :]), fences[1] + 2


def _matter(path: Path, text: str) -> _Matter:
    try:
        values, node = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        cause = f"the front matter is not YAML: {getattr(problem, 'problem', problem)}"
        raise BuildError(cause, "Put texts with a colon into quotes.", path, line) from None
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        remedy = "Write one `key: value` per line."
        raise BuildError("the front matter has no keys", remedy, path, 1)
    matter = _Matter(path, values, _lines(path, node))
    for key in values:
        if key not in _KEYS:
            raise matter.error(str(key), "is not a known key", f"Known: {', '.join(_KEYS)}.")
    policy = values.get("solution_policy", "hidden")
    if policy not in _POLICIES:
        raise matter.error("solution_policy", f"is {policy!r}", f"Known: {', '.join(_POLICIES)}.")
    return matter


def _lines(path: Path, node: yaml.MappingNode) -> dict[str, int]:
    """Return the line of every key; refuse a second one, which YAML would let win."""
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in lines:
            cause = f"`{key.value}` is given a second time, after line {lines[key.value]}"
            raise BuildError(cause, "Keep one of the two.", path, line)
        lines[key.value] = line
    return lines


def _entry_points(matter: _Matter, path: Path, starter: str) -> tuple[EntryPoint, ...]:
    names = matter.texts("entry_points")
    if not names:
        raise matter.error("entry_points", "is empty", "Name the function that learners write.")
    if len(set(names)) < len(names):
        raise matter.error("entry_points", "names a function twice", "Name each once.")
    functions = _functions(path, starter, names)
    for name in names:
        if name not in functions:
            remedy = f"Define `def {name}(…)`, or change `entry_points` in problem.md."
            raise BuildError(f"there is no function {name}", remedy, path)
    return tuple(EntryPoint(name, _required(functions[name])) for name in names)


def _functions(path: Path, source: str, names: tuple[str, ...]) -> dict[str, ast.FunctionDef]:
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        heads = {} if sys.version_info >= IN_THE_PAGE else _heads(source)
        if not heads.keys() >= set(names):
            raise _unreadable(path, problem) from None
        return heads
    return {f.name: f for f in tree.body if isinstance(f, ast.FunctionDef)}


def _heads(source: str) -> dict[str, ast.FunctionDef]:
    """Return functions by their heads: the page's Python may read what this one cannot."""
    heads = {}
    for head in _HEAD.finditer(source):
        with suppress(SyntaxError):
            (function,) = ast.parse(f"def {head[1]}({head[2]}): pass").body
            assert isinstance(function, ast.FunctionDef)
            heads[head[1]] = function
    return heads


def _unreadable(path: Path, problem: SyntaxError) -> BuildError:
    cause = f"Python cannot read it: {problem.msg}"
    return BuildError(cause, "Mend the line.", path, problem.lineno)


def _required(function: ast.FunctionDef) -> int:
    positional = function.args.posonlyargs + function.args.args
    return len(positional) - len(function.args.defaults)


def _wrong_solutions(folder: Path) -> tuple[WrongSolution, ...]:
    if not folder.is_dir():
        return ()
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.suffix == ".py"]
    except OSError as problem:
        cause = f"cannot be read: {problem.strerror}"
        raise BuildError(cause, "It has to be a folder that you may read.", folder) from None
    return tuple(_wrong_solution(path) for path in paths)


def _docstring(path: Path, source: str) -> str:
    try:
        return ast.get_docstring(ast.parse(source)) or ""
    except SyntaxError as problem:
        first = _FIRST_STRING.match(source)
        if sys.version_info >= IN_THE_PAGE or first is None:
            raise _unreadable(path, problem) from None
        return ast.get_docstring(ast.parse(first[0])) or ""


def _wrong_solution(path: Path) -> WrongSolution:
    docstring = _docstring(path, _read(path))
    caught = _CAUGHT_BY.search(docstring)
    mistake = docstring.split("\n\n")[0].strip()
    listed = caught[1].split(",") if caught else []
    names = tuple(name.strip() for name in listed if name.strip())
    if not mistake or caught is None or caught.start() == 0 or not names:
        remedy = "Begin the docstring with the mistake in one sentence; end it `Caught by: test_…`."
        raise BuildError("the docstring names no mistake or no test", remedy, path, 1)
    return WrongSolution(path, " ".join(mistake.split()), names)


# What lies with the tests and is not for learners.
_NOT_SHIPPED = ("wrong_solutions", "__pycache__", ".pytest_cache")


def test_files(exercise: Exercise) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the hidden tests that ship, by their paths in the bundle."""
    for path in sorted(exercise.tests_path.rglob("*")):
        place = path.relative_to(exercise.tests_path)
        if path.is_file() and not set(place.parts) & set(_NOT_SHIPPED):
            yield f"hidden_tests/{place.as_posix()}", _bytes(path)
