"""Read an exercise's folder into facts, refusing what cannot be an exercise."""

from __future__ import annotations

import ast
import keyword
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .caught_by import listed
from .errors import BuildError
from .explore import read_explore
from .front_matter import FrontMatter, read_front_matter
from .hidden_tests import HiddenTests, read_hidden_tests
from .reading import decoded, read_bytes
from .withheld import WRONG

# The Python that runs in the page; an older one that builds cannot read all of its syntax.
IN_THE_PAGE = (3, 13)
_HEAD = re.compile(r"^def (\w+)(?:\[[^\]]*\])?\((.*?)\)(?: *->[^\n]*)?:", re.MULTILINE | re.DOTALL)
_FIRST_STRING = re.compile(r'\s*(?:"""(?:[^\\]|\\.)*?"""|"[^"\n]*"|\'[^\'\n]*\')', re.DOTALL)
_CAUGHT_BY = re.compile(r"^Caught by:\s*(.+)\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Parameter:
    """A parameter of the starter's; the kind is called as in `inspect.Parameter`."""

    name: str
    kind: str
    optional: bool


@dataclass(frozen=True)
class EntryPoint:
    """A function that the learner writes: whatever calls the starter takes, it has to take."""

    name: str
    parameters: tuple[Parameter, ...]


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
    hidden_tests: HiddenTests
    title: str
    slug: str
    difficulty: str
    language: str
    tags: tuple[str, ...]
    entry_points: tuple[EntryPoint, ...]
    call_seconds: float
    run_seconds: float
    offline: bool
    show_expected: bool
    share: bool
    solution_policy: str
    after_runs: int
    related: tuple[tuple[str, str], ...]
    statement: str
    statement_line: int
    starter: str
    explore: str | None
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
    def ships_solution(self) -> bool:
        """Whether learners may come to see the reference."""
        return self.solution_policy != "hidden"

    @property
    def starter_path(self) -> Path:
        """The file that a learner starts from."""
        return self.folder / "starter.py"

    @property
    def tests_path(self) -> Path:
        """The folder of the hidden tests."""
        return self.hidden_tests.folder


def read_exercise(folder: Path) -> Exercise:
    """Read an exercise.

    Raises:
        BuildError: if a file is missing or does not say what it must.
    """
    problem = folder / "problem.md"
    matter, statement, statement_line = read_front_matter(problem, _read(problem))
    solution_policy, after_runs = matter.policy()
    starter = _read(folder / "starter.py")
    _read(folder / "solution.py")
    hidden_tests = read_hidden_tests(folder)
    entry_points = _entry_points(matter, folder / "starter.py", starter)
    return Exercise(
        folder=folder,
        hidden_tests=hidden_tests,
        title=matter.text("title"),
        slug=matter.slug(),
        difficulty=matter.text("difficulty"),
        language=matter.text("language", "Python"),
        tags=matter.texts("tags", ()),
        entry_points=entry_points,
        call_seconds=matter.seconds("call_seconds", 5.0),
        run_seconds=matter.seconds("run_seconds", 20.0),
        offline=matter.flag("offline", True),
        show_expected=matter.flag("show_expected", True),
        share=matter.flag("share", True),
        solution_policy=solution_policy,
        after_runs=after_runs,
        related=matter.links("related"),
        statement=statement,
        statement_line=statement_line,
        starter=starter,
        explore=read_explore(folder, [entry.name for entry in entry_points], IN_THE_PAGE),
        wrong_solutions=_wrong_solutions(folder, hidden_tests.folder / WRONG),
    )


def _read(path: Path) -> str:
    try:
        path.stat()
    except FileNotFoundError:
        raise BuildError("the file is missing", "An exercise needs it.", path) from None
    except OSError:  # said by who reads it
        pass
    return decoded(path, read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")


def _entry_points(matter: FrontMatter, path: Path, starter: str) -> tuple[EntryPoint, ...]:
    names = matter.texts("entry_points")
    if not names:
        raise matter.error("entry_points", "is empty", "Name the function that learners write.")
    if len(set(names)) < len(names):
        raise matter.error("entry_points", "names a function twice", "Name each once.")
    for name in names:
        if not name.isidentifier() or keyword.iskeyword(name):
            remedy = "Write the bare name, as in `entry_points: [solve]`."
            raise matter.error("entry_points", f"holds {name!r}, which names no function", remedy)
    functions = _functions(path, starter, names)
    for name in names:
        if name not in functions:
            raise _no_function(path, starter, name)
    return tuple(EntryPoint(name, _parameters(functions[name].args)) for name in names)


def _no_function(path: Path, starter: str, name: str) -> BuildError:
    """Return what is wrong with a name that no function of the starter has."""
    found = re.search(rf"^(class|async def) {name}\b", starter, re.MULTILINE)
    if found is None:
        remedy = f"Define `def {name}(…)`, or change `entry_points` in problem.md."
        return BuildError(f"there is no function {name}", remedy, path)
    line = starter.count("\n", 0, found.start()) + 1
    if found[1] == "class":
        cause = f"{name} is a class, and what tests ask of a learner's code are calls of functions"
        remedy = "Have learners write a function, which may use a class and returns plain data."
    else:
        cause, remedy = f"{name} is async, and nothing here waits for it", "Write it without async."
    return BuildError(cause, remedy, path, line)


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


def _parameters(given: ast.arguments) -> tuple[Parameter, ...]:
    placed = [*given.posonlyargs, *given.args]
    first = len(placed) - len(given.defaults)
    kinds = ["POSITIONAL_ONLY"] * len(given.posonlyargs)
    kinds += ["POSITIONAL_OR_KEYWORD"] * len(given.args)
    found = [
        Parameter(arg.arg, kind, place >= first)
        for place, (arg, kind) in enumerate(zip(placed, kinds, strict=True))
    ]
    if given.vararg:
        found.append(Parameter(given.vararg.arg, "VAR_POSITIONAL", False))
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    found += [Parameter(arg.arg, "KEYWORD_ONLY", default is not None) for arg, default in named]
    if given.kwarg:
        found.append(Parameter(given.kwarg.arg, "VAR_KEYWORD", False))
    return tuple(found)


def _wrong_solutions(exercise: Path, folder: Path) -> tuple[WrongSolution, ...]:
    try:
        paths = sorted(filter(_is_source, folder.iterdir())) if folder.is_dir() else []
    except OSError as problem:
        cause = f"cannot be read: {problem.strerror}"
        raise BuildError(cause, "It has to be a folder that you may read.", folder) from None
    if not paths:
        _refuse_misplaced(exercise, folder)
    return tuple(_wrong_solution(path) for path in paths)


def _refuse_misplaced(exercise: Path, folder: Path) -> None:
    """Refuse a folder that seems meant for the wrong solutions, and that nobody looks into."""
    for above in (exercise, folder.parent):
        # Unlike `iterdir`, `glob` passes over what may not be read.
        for path in sorted(above.glob("*")):
            is_close = path != folder and get_close_matches(WRONG, [path.name.lower()], cutoff=0.8)
            if is_close and any(map(_is_source, path.glob("*.py"))):
                remedy = f"Wrong solutions lie in {folder.relative_to(exercise)}/: move them there."
                raise BuildError("the build looks for nothing in it", remedy, path)


def _is_source(path: Path) -> bool:
    return path.suffix == ".py" and not path.name.startswith(".")


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
    names = listed(caught[1]) if caught else ()
    if not mistake or caught is None or caught.start() == 0 or not names:
        remedy = "Begin the docstring with the mistake in one sentence; end it `Caught by: test_…`."
        raise BuildError("the docstring names no mistake or no test", remedy, path, 1)
    return WrongSolution(path, " ".join(mistake.split()), names)
