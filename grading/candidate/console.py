"""Learner's code tried out: the file as a program, then line by line in what it has defined.

Loaded with the library, when a console first asks: no run of the tests needs any of it.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import json
import linecache
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from grading.shared.explain import explain
from grading.shared.inner_paths import without_paths

from . import absent, loading
from .completing import completions
from .errors import describe
from .own_names import OwnNames
from .printing import captured
from .streaming import Send, StreamedOutput
from .tracebacks import FILE, TYPED
from .typed_input import NOBODY_ASKS, TypedLines, reading

_ALLOW_INCOMPLETE_INPUT = 0x4000  # of the compiler's own flags, which `codeop` uses too
_MAX_TYPED = 200
_CODE = "The program ended with exit code {code}."
# A number that is none of C's is this one for Python.
_MOST_CODE, _NO_CODE = 2**31, -1
_EXIT_CODE: Any = SystemExit.__dict__["code"]
_GOES_ON = "exit() and sys.exit() end a program; the console goes on."

_main = types.ModuleType("__main__")
_names = OwnNames(vars(_main))
_absent = absent.NOTHING
_typed: list[str] = []
_Run = Callable[[StreamedOutput], dict[str, Any]]


def program(request: str, send: Send) -> str:
    """Run a file as a program, in a namespace of its own that the console goes on with.

    Args:
        request: ``{"source": str, "input": str, "ends": bool}``; ``ends`` says that no line can
            follow those of the input.
        send: takes, while it runs, ``{"out": str}`` for what is printed and ``{"value": {"text",
            "about"}}`` for the value of the last expression.

    Returns:
        ``{"kind": "done" | "ended" | "invalid" | "raised" | "input-wanted", ...}``; ``ended``, of
        code that has ended itself, carries a ``message``. ``missing`` are the names that the file
        would have made, had it run to its end: null where none of them is there.
    """
    wanted = json.loads(request)
    source = wanted["source"].removeprefix("\ufeff")
    _begin_anew(source)
    refused = loading.unreadable(wanted["source"])
    if refused:
        return json.dumps({"kind": "invalid", "message": refused, "missing": None})
    answer = _run(wanted, send, lambda output: _program(source, output), True)
    missing = _absent.missing(vars(_main))
    return json.dumps(answer if missing == [] else {**answer, "missing": missing})


def evaluate(request: str, send: Send) -> str:
    """Run what was typed into the console, and show the value of each of its expressions.

    Args:
        request: ``{"code": str, "input": str}``, and, where no file has been run, the one that
            could have been: ``{"unloaded": str}``.
        send: as of `program`.

    Returns:
        As `program` does, or ``{"kind": "incomplete"}`` where the code goes on in a next line.
    """
    global _absent
    wanted = json.loads(request)
    if "unloaded" in wanted:
        _absent = absent.unloaded(wanted["unloaded"])
    refused = loading.unreadable(wanted["code"])
    if refused:
        return json.dumps({"kind": "invalid", "message": refused})
    return json.dumps(_run(wanted, send, lambda output: _typed_code(wanted["code"], output), False))


def complete(request: str) -> str:
    """Return what the name before the cursor may become: ``{"from": int, "names": [str]}``.

    Args:
        request: ``{"before": str}``, the line up to the cursor.
    """
    before = json.loads(request)["before"]
    try:
        return json.dumps(completions(before, dict(_names)))
    except BaseException:  # no names are no reason for the console to end
        return json.dumps({"from": len(before), "names": []})


def _run(wanted: dict[str, Any], send: Send, act: _Run, is_program: bool) -> dict[str, Any]:
    output = StreamedOutput(send)
    on_wanted = output.close_for_good if is_program else None
    lines = TypedLines(wanted["input"], wanted.get("ends", False), on_wanted)
    with captured(output), reading(lines), _showing(output):
        try:
            answer = act(output)
        except BaseException as problem:  # whatever a submission raises is an answer
            is_end = issubclass(type(problem), SystemExit)
            answer = _ended(problem, output, is_program) if is_end else _raised(problem, is_program)
    output.pass_on()
    if output.closed_for_good:  # also where the code has caught what told it so
        return {"kind": "input-wanted", "prompt": lines.prompt[:200], "taken": lines.taken}
    return answer


def _begin_anew(source: str) -> None:
    global _main, _names, _absent
    _main = types.ModuleType("__main__")
    _names = OwnNames(vars(_main))
    _absent = absent.unread(source)
    _main.__file__ = FILE
    sys.modules["__main__"] = sys.modules["solution"] = _main


def _program(source: str, output: StreamedOutput) -> dict[str, Any]:
    global _absent
    loading.remember(FILE, source)
    tree = ast.parse(source, FILE)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    code = compile(tree, FILE, "exec", dont_inherit=True)
    _absent = absent.unfinished(code)
    exec(code, vars(_main))
    if isinstance(last, ast.Expr):
        code = compile(ast.Expression(last.value), FILE, "eval", dont_inherit=True)
        _show(eval(code, vars(_main)), output)
    _absent = absent.NOTHING
    return {"kind": "done"}


def _typed_code(text: str, output: StreamedOutput) -> dict[str, Any]:
    sys.modules["__main__"] = _main
    file = _file_of(text)
    try:
        flags = ast.PyCF_ONLY_AST | _ALLOW_INCOMPLETE_INPUT
        tree: Any = compile(text, file, "exec", flags, dont_inherit=True)
    except SyntaxError as problem:
        if problem.msg != "incomplete input":
            raise
        return {"kind": "incomplete"}
    code = compile(ast.Interactive(tree.body), file, "single", dont_inherit=True)
    _names.keep_imports(tree)
    exec(code, _names)
    return {"kind": "done"}


def _file_of(text: str) -> str:
    """Return a name under which what was typed is known to tracebacks."""
    file = f"{TYPED}{len(_typed) + 1}>"
    _typed.append(file)
    loading.remember(file, text)
    for former in _typed[-_MAX_TYPED - 1 : -_MAX_TYPED]:
        linecache.cache.pop(former, None)
    return file


@contextlib.contextmanager
def _showing(output: StreamedOutput) -> Iterator[None]:
    before = sys.displayhook
    sys.displayhook = lambda value: _show(value, output)
    try:
        yield
    finally:
        sys.displayhook = before


def _show(value: Any, output: StreamedOutput) -> None:
    if value is None:
        return
    output.show(value)
    vars(builtins)["_"] = value


def _ended(problem: Any, output: StreamedOutput, is_program: bool) -> dict[str, Any]:
    """Do as Python does where code ends itself: a number is the exit code, all else is printed."""
    code = _EXIT_CODE.__get__(problem)
    if code is not None and not issubclass(type(code), int):
        with contextlib.suppress(BaseException):  # as Python does with a text that cannot be had
            output.write_error(f"{code}\n")
        code = None
    if not is_program:
        return {"kind": "ended", "message": _GOES_ON}
    number = 0 if code is None else int.__index__(code)
    if number == 0:
        return {"kind": "done"}
    code = number if -_MOST_CODE <= number < _MOST_CODE else _NO_CODE
    return {"kind": "ended", "message": _CODE.format(code=code)}


def _raised(problem: BaseException, is_program: bool) -> dict[str, Any]:
    error = describe(problem)
    for key in ("message", "traceback"):
        error[key] = without_paths(error[key])
    if error["message"] == NOBODY_ASKS:
        said = f"{NOBODY_ASKS}: put the lines into the Input box first."
    else:
        absent_name = None if is_program else _absent.told_of(error)
        said = absent_name or explain(*_placed(error))
    return {"kind": "raised", "message": said, "error": error}


def _placed(error: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return an error, and whose line its line is; of a single one that was typed none is named."""
    if error["file"] == FILE:
        return error, " of your code"
    is_single = len(linecache.getlines(error["file"] or "")) < 2
    return ({**error, "line": None} if is_single else error), " of what you typed"
