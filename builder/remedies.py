"""What to do about what a test raised: by its text, and by what lies where it was looked for."""

from __future__ import annotations

import re
from pathlib import Path

from grading.shared.allowance import MAX_DEPTH, TOO_DEEP
from grading.shared.paths import EXERCISE

from .exercise import Exercise
from .hidden_tests import DATA, NAME

_MODULE = re.compile(r"No module named '([\w.]+)'")
_FILE = re.compile(r"No such file or directory: '([^']*)'")
_FIXTURE = re.compile(r"FixtureLookupError: \('(\w+)', <FixtureRequest.*?>\)")
# Fixtures of pytest's that are not here, by what stands in their place.
_PYTESTS_OWN = {
    "tmpdir": "pytest's older fixtures are not here. Take `tmp_path` in its place.",
    "tmpdir_factory": "pytest's older fixtures are not here. Take `tmp_path_factory` in its place.",
    "cache": "Nothing is kept from run to run here: leave it out.",
} | dict.fromkeys(
    ("record_property", "record_testsuite_property", "record_xml_attribute"),
    "Nothing reads a JUnit report here: leave it out.",
)
# What does not go between a test and a learner's function, by how a test fails of it.
_FILES = (
    "A learner's function finds no file of a test's, nor a test one of the function's: hand it the "
    "text, and have it return one."
)
_FOLDER = re.compile(r"/pytest-of-")
# A name of the reference that no entry point gives.
_NAME = re.compile(
    r"import name '(\w+)' from 'solution'|module 'solution'>? has no attribute '(\w+)'"
)
_FUNCTIONS = "Name in `entry_points` of problem.md every function that tests import."
_NO_FUNCTION = (
    "Tests reach nothing of a learner's code but the functions of `entry_points`. Write {name} "
    "into the tests; an exception is known by the built-in classes that it derives from, and "
    "by its text."
)
_WARNINGS = (
    "What a function warns of or logs reaches no test: test what it returns, changes or prints."
)
NOTHING_BUT_CALLS = (
    "Of a learner's function nothing but calls and what comes of them reaches a test: no "
    "signature, docstring or source."
)
_ENCODED = 'Save the file as UTF-8, or name its encoding where it is opened: encoding="latin-1".'
_FLATTER = (
    f"Values cross {MAX_DEPTH} deep, and none that holds itself: make it flatter, such as one list "
    "in place of linked pairs."
)
_NOT_CARRIED = (
    (re.compile(rf"{_FOLDER.pattern}|\braised FileNotFoundError"), _FILES),
    (re.compile(r"^DID NOT WARN|\bLogCaptureFixture\b"), _WARNINGS),
    (re.compile(r"OSError: (?:source code not|could not get source)"), NOTHING_BUT_CALLS),
    (re.compile(r"running event loop"), "Write it without async: no event loop runs here."),
)
_SAME_FILE = re.compile(r"ImportPathMismatchError: \('[^']*', '([^']*)', PosixPath\('([^']*)'\)\)")

# Files of the exercise that must never ship with the tests.
_OWN = ("solution.py", "starter.py", "problem.md")
_IN_THE_PAGE = (
    "In the page there are Python's own library, NumPy and pytest, and what lies in "
    f"{NAME}; leave out what needs more."
)


def plainly(message: str) -> str:
    """Return what pytest or Python said, without what only means something inside of them."""
    message = message.removeprefix("Failed: ")
    message = _FIXTURE.sub(r"there is no fixture \1", message)
    message = _SAME_FILE.sub(r"two test files have one name: \1 and \2", message)
    return message.replace(f"{EXERCISE}/{NAME}/", f"{NAME}/")


def remedy_of(exercise: Exercise, message: str) -> str | None:
    """Return the remedy for what a message says, if there is one that is certain."""
    module, file = _MODULE.search(message), _FILE.search(message)
    if message.startswith("EarlyCallError"):
        return "Move the call into a test: learners' code is not there while tests are imported."
    if named := _NAME.search(message):
        return _for_name(exercise, named[1] or named[2])
    if module:
        return _for_module(exercise, module[1])
    if file and not _FOLDER.search(file[1]):
        return _for_file(exercise, file[1])
    if fixture := _FIXTURE.search(message):
        if fixture[1] in _PYTESTS_OWN:
            return _PYTESTS_OWN[fixture[1]]
        return "Define it in the test's file or in conftest.py, or correct the parameter's name."
    if "UnicodeDecodeError: 'utf-8'" in message:
        return _ENCODED
    if "attempted relative import" in message:
        return f"Leave the dots out: imports begin in {NAME}."
    if "function uses no argument" in message:
        return "Name the same in the mark and among the function's parameters."
    if "argument: 'argvalues'" in message:
        return "Give `pytest.mark.parametrize` a list of values, behind the names."
    if "ImportPathMismatchError" in message or "import file mismatch" in message:
        return "Give each test file a name of its own."
    return None


def remedy_of_too_deep(said: str) -> str | None:
    """Return the remedy where a value has too many levels, by what is said of it."""
    return _FLATTER if TOO_DEEP in said else None


def remedy_of_not_carried(said: str) -> str | None:
    """Return the remedy where a test leans on what no call carries, by what is said of it."""
    return next((remedy for sign, remedy in _NOT_CARRIED if sign.search(said)), None)


def _for_name(exercise: Exercise, name: str) -> str:
    reference = exercise.solution_path.read_text("utf-8-sig")
    is_there = re.search(rf"^(?!#).*\b{name}\b", reference, re.MULTILINE)
    if is_there and not re.search(rf"^def {name}\b", reference, re.MULTILINE):
        return _NO_FUNCTION.format(name=name)
    return _FUNCTIONS


def _stays(name: str) -> str:
    return f"{name} stays with you, and tests run without it. Leave it out of them."


def _for_module(exercise: Exercise, name: str) -> str:
    top = name.partition(".")[0]
    if top == NAME:
        return f"Leave `{NAME}.` out: imports begin in that folder."
    if f"{top}.py" in _OWN:
        return _stays(f"{top}.py")
    outside = (exercise.folder, exercise.folder.parent)
    last = name.rpartition(".")[2]
    for path in sorted(exercise.tests_path.rglob(f"{last}.py")):
        if path in exercise.hidden_tests.withheld:
            return _stays(f"{path.relative_to(exercise.folder)} is a solution: it")
        if path not in exercise.hidden_tests.shipped:
            return (
                f"{path.relative_to(exercise.folder)} does not ship, since no `import` of a test "
                "names it. Name it in one."
            )
    for folder in outside:
        for path in (folder / f"{top}.py", folder / top):
            if path.exists():
                return f"{path} lies outside of {NAME}, and does not ship. Move it into {NAME}."
    return _IN_THE_PAGE


def _for_file(exercise: Exercise, name: str) -> str:
    home = f"{NAME}/{DATA}"
    if Path(name).name in _OWN:
        return _stays(Path(name).name)
    if not name.startswith("/"):
        return (
            f"Put it into {home}, and name it from the test's place: "
            f'Path(__file__).parent / "{DATA}" / "{Path(name).name}".'
        )
    if Path(name).is_relative_to(EXERCISE):
        named = Path(name).relative_to(EXERCISE)
        if (exercise.folder / named).exists():
            return f"{named} does not ship. Move it into {home}."
    return f"Of files that tests read, those in {home} ship."
