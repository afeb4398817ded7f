"""Real pytest, collected once and then driven one test at a time.

pytest's own session loop cannot pause inside a test, and a judge has to wait for answers between
two executions of one. So this module keeps pytest's configuration, collection and the three phases
of a test, and leaves the loop to the judge.
"""

from __future__ import annotations

import inspect
import os
import re
import traceback
import warnings
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.config import _prepareconfig
from _pytest.runner import CallInfo
from _pytest.subtests import SubtestContext, SubtestReport
from _pytest.tmpdir import tmppath_result_key
from _pytest.unittest import TestCaseFunction

from .called import as_called
from .collecting import problem_of
from .standin import own_place

# Plugins that serve pytest's terminal, its files or its debugger. What tests can see stays:
# assertion rewriting, fixtures, parametrize, raises, approx, capture, monkeypatch, tmp_path,
# subtests, test cases of unittest.
_OFF = (
    "cacheprovider",
    "debugging",
    "doctest",
    "faulthandler",
    "junitxml",
    "legacypath",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminal",
    "terminalprogress",
    "threadexception",
    "unraisableexception",
    "warnings",
)

# How pytest and unittest begin their warning of a test that returns something.
_RETURNED = "Test functions should return None|It is deprecated to return a value"

# What ends a test, or a part of one, that is not to be run.
SKIPPED = (pytest.skip.Exception, pytest.xfail.Exception)


class CollectionError(Exception):
    """The hidden tests cannot be collected: each problem has a file, a line and a message."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(f"{p['file']}:{p['line']}: {p['message']}" for p in problems))
        self.problems = problems


class ReturnedError(Exception):
    """A test returned what it may have meant to assert: so it can never fail."""


@dataclass(frozen=True)
class Execution:
    """One execution of a test: what it raised, if anything, in which phase and which subtest."""

    phase: str
    problem: BaseException | None
    subtest: SubtestContext | None = None


class _Terminal:
    """Stands in for pytest's terminal reporter, which texts of comparisons ask for a width."""

    def __init__(self, config: pytest.Config) -> None:
        from io import StringIO

        from _pytest._io import TerminalWriter

        self._tw = TerminalWriter(StringIO())
        self.config = config
        self.verbosity = 0


class _Caught(list[Any]):
    """What unittest catches of a test, each noted at once: cleanups come after it."""

    def __init__(self, note: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._note = note

    def append(self, caught: Any) -> None:
        self._note(caught.value)
        super().append(caught)


class _Plugin:
    """Notes what fails while pytest collects or in subtests, and which fixtures are set up."""

    def __init__(self, note: Callable[[BaseException], None]) -> None:
        self._note = note
        self.problems: list[dict[str, Any]] = []
        self.fixtures: list[pytest.FixtureDef[Any]] = []
        self.subtests: list[Execution] = []
        self._problem: BaseException | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        self.fixtures.append(fixturedef)

    # Both are called for subtests alone: pytest tells them of what a subtest raised, and goes on.
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: CallInfo[None]
    ) -> pytest.TestReport:
        self._problem = call.excinfo.value if call.excinfo else None
        outcome: Any = "passed" if self._problem is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, "call")

    def pytest_runtest_logreport(self, report: SubtestReport) -> None:
        if self._problem is not None:
            self._note(self._problem)
            self.subtests.append(Execution("call", self._problem, report.context))

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.pluginmanager.register(_Terminal(config), "terminalreporter")
        # Options of the debugger that pytest asks of test cases of unittest.
        config.option.trace = config.option.usepdb = False

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        problem = getattr(getattr(report, "call", None), "excinfo", None)
        if report.failed and problem is not None:
            folder = collector.config.rootpath
            self.problems.append(problem_of(folder, collector.path, problem.value))
        return report


class PytestSession:
    """The hidden tests of one folder, collected."""

    def __init__(self, folder: Path, on_problem: Callable[[], None] = lambda: None) -> None:
        """Collect the tests.

        Args:
            folder: where they are.
            on_problem: is called whenever a part of a test has raised something, before others run.
        """
        self._on_problem = on_problem
        self._plugin = plugin = _Plugin(self._note)
        off = [word for name in _OFF for word in ("-p", f"no:{name}")]
        place = ["--rootdir", str(folder), "-c", os.devnull]
        try:
            self._collect([*off, *place, "--capture=sys", str(folder)])
        except (
            BaseException
        ) as problem:  # of a conftest.py, or what pytest lets through: SystemExit
            raise CollectionError([problem_of(folder, folder, problem)]) from problem
        if plugin.problems:
            raise CollectionError(plugin.problems)
        self.items: list[pytest.Item] = self._session.items
        self.used: list[pytest.FixtureDef[Any]] = []  # by the test that was executed last

    def _collect(self, arguments: list[str]) -> None:
        self.config = _prepareconfig(arguments, [self._plugin])
        self.config._do_configure()
        self._session = pytest.Session.from_config(self.config)
        self.config.hook.pytest_sessionstart(session=self._session)
        self.config.hook.pytest_collection(session=self._session)

    @property
    def unread(self) -> tuple[Any, ...]:
        """The streams for what tests and fixtures print that do not capture it themselves."""
        capturing = self.config.pluginmanager.getplugin("capturemanager")._global_capturing
        return capturing.out.tmpfile, capturing.err.tmpfile

    def renew_temporary_folder(self) -> None:
        """Forget a folder for ``tmp_path`` that was made before memory was captured: it is gone."""
        factory = getattr(self.config, "_tmp_path_factory", None)
        if factory is not None and factory._basetemp and not factory._basetemp.exists():
            factory._basetemp = None

    def execute(self, item: pytest.Item) -> Execution:
        """Set up, call and tear down one test, from scratch; what is raised first counts."""
        # pytest keeps the test class's instance and with it what an earlier run left on it.
        for kept in ("_instance", "_obj"):
            vars(item).pop(kept, None)
        item._initrequest()  # type: ignore[attr-defined]
        item.stash[tmppath_result_key] = {}  # tmp_path asks for what a report would say
        self._plugin.subtests.clear()
        setup = self._phase(item, "setup", {})
        ran = [setup] if setup.problem is not None else self._called(item)
        teardown = self._phase(item, "teardown", {"nextitem": None})
        if setup.problem is None:  # else pytest tears down what was never set up
            ran.append(teardown)
        # Fixtures of wider scope go too, so that a replay starts as the first run did.
        self._forget_fixtures()
        raised = [one for one in (*self._plugin.subtests, *ran) if one.problem is not None]
        # A part that is skipped says nothing of the others.
        told = [one for one in raised if not isinstance(one.problem, SKIPPED)]
        return next(iter(told or raised), ran[0])

    def _note(self, problem: BaseException) -> None:
        if not isinstance(problem, SKIPPED):
            self._on_problem()

    def _called(self, item: pytest.Item) -> list[Execution]:
        """Call a test; of a test case of unittest, all that it raised."""
        if isinstance(item, TestCaseFunction):
            item._excinfo = _Caught(self._note)
        with warnings.catch_warnings():
            warnings.filterwarnings("error", _RETURNED)
            execution = self._phase(item, "call", {})
        # unittest catches what a test raises, and pytest keeps it for its report.
        caught = vars(item).pop("_excinfo", None) or ()
        problems = [one.value for one in caught] or [execution.problem]
        return [Execution("call", _in_our_words(problem)) for problem in problems]

    def _forget_fixtures(self) -> None:
        """Drop what a teardown has left that a learner's BaseException broke off."""
        self._session._setupstate.stack.clear()
        self.used = list(self._plugin.fixtures)
        while self._plugin.fixtures:
            fixture = self._plugin.fixtures.pop()
            fixture.cached_result = None
            fixture._finalizers.clear()

    def _phase(self, item: pytest.Item, when: Any, more: dict[str, Any]) -> Execution:
        hook = getattr(item.ihook, f"pytest_runtest_{when}")
        info: CallInfo[None] = CallInfo.from_call(lambda: hook(item=item, **more), when)
        problem = info.excinfo.value if info.excinfo else None
        if problem is not None:
            self._note(problem)
        return Execution(when, problem)


def _in_our_words(problem: BaseException | None) -> BaseException | None:
    """Return what a test raised; a warning that it returns something is no longer one."""
    if isinstance(problem, Warning) and re.match(_RETURNED, str(problem)):
        return ReturnedError("it returns something: did it mean to assert that?")
    return problem


def test_id(item: pytest.Item) -> str:
    """Return a test's id: its function's name plus ``[param]``."""
    return item.name


def test_title(item: pytest.Item) -> str:
    """Return a test's title: the first line of its docstring, or its name in words."""
    function = getattr(item, "function", None)
    words = getattr(function, "__name__", item.name).removeprefix("test_").replace("_", " ")
    title = (inspect.getdoc(function) or words).splitlines()[0].strip()
    parameters = as_called(item.name.partition("[")[2])
    return f"{title} [{parameters}" if parameters else title


def repeated(items: list[pytest.Item]) -> list[dict[str, Any]]:
    """Return the tests that have the name of an earlier one, whatever their cases, with its place.

    Of one function that is met twice, with the two classes that have it; or none, if it is
    imported where it is met again.
    """
    first: dict[str, pytest.Item] = {}
    found: dict[tuple[str, pytest.Collector | None], dict[str, Any]] = {}
    for item in items:
        name = test_id(item).partition("[")[0]
        earlier = first.setdefault(name, item)
        if earlier.parent is not item.parent and (name, item.parent) not in found:
            found[name, item.parent] = {"name": name, **_met_again(item, earlier)}
    return list(found.values())


def _met_again(item: pytest.Item, earlier: pytest.Item) -> dict[str, Any]:
    file, line = test_place(item, None)
    told = {"file": file, "line": line, "after": "{}:{}".format(*test_place(earlier, None))}
    function = getattr(item, "function", None)
    if function is not None and function is getattr(earlier, "function", None):
        classes = [one.cls for one in (earlier, item)]  # type: ignore[attr-defined]
        told |= {"line": None, "classes": _two_classes(classes)}
    return told


def _two_classes(classes: list[type | None]) -> list[str]:
    """Return the names of classes that are two, each with tests of its own."""
    names = [each.__name__ for each in classes if each is not None]
    return names if len(set(classes)) == len(names) else []


def test_place(item: pytest.Item, problem: BaseException | None) -> tuple[str, int]:
    """Return the file, below the folder of the tests, and the line at which a test ended.

    That is the last of the tests' own lines on the way to what was raised, or the test's first.
    """
    frames = traceback.walk_tb(problem.__traceback__ if problem else None)
    own = own_place(item.config.rootpath, frames)
    begin = item.path.relative_to(item.config.rootpath).as_posix(), (item.location[1] or 0) + 1
    return own or begin
