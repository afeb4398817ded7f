#!/usr/bin/env python3
"""Build, serve or grade a browser-hosted coding exercise.

  python build.py                  prove the exercise and write the bundle to dist/
  python build.py --serve          the same, then serve it and print its address
  python build.py --check          only prove the exercise
  python build.py --grade FILE     run the hidden tests over FILE, as the page would

An exercise is a folder with problem.md, starter.py, solution.py and hidden_tests/, and maybe an
explore.py. The bundle is a folder of plain files: put it on any static host. A failed build leaves
the last bundle as it was.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.exercise import Exercise
    from builder.toolchain import Toolchain

HERE = Path(__file__).resolve().parent
WEB = HERE / "web"
CACHE = HERE / ".cache"
OUT = HERE / "dist"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = _options(arguments)
    _print_whatever_comes()
    try:
        return _run(options)
    except KeyboardInterrupt as stop:
        print(" ".join(["\nStopped.", *getattr(stop, "__notes__", [])]), file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    try:
        from builder.errors import BuildError
        from builder.exercise import read_exercise
        from builder.folders import exercise_folder
        from builder.report_table import harmless
        from builder.signals import Terminated, signals_as_exceptions
    except ModuleNotFoundError as missing:
        print(f"Python package {missing.name!r} is missing.", file=sys.stderr)
        print("  → Run `make setup`, or see README.md for the steps by hand.", file=sys.stderr)
        return 2
    try:
        with signals_as_exceptions():
            exercise = read_exercise(exercise_folder(options.folder, bool(options.grade)))
            if options.grade:
                return grade(exercise, options.grade[0], options.json)
            if options.check:
                return check(exercise)
            return build(exercise, options.out or OUT, options.serve, options.port or 0)
    except BuildError as problem:
        done = "graded" if options.grade else "proved" if options.check else "built"
        print(harmless(f"\nNot {done}. {problem}"), file=sys.stderr)
        return 2 if options.grade else 1
    except Terminated as signal:
        return 128 + signal.number


def build(exercise: Exercise, out: Path, serve: bool, port: int) -> int:
    """Check, render, bundle, write; then serve, if wanted."""
    from builder.bundle import write_bundle
    from builder.serve import serve_forever

    try:
        out, port, files = _made(exercise, out, serve, port)
        placed = write_bundle(files, out)
    except KeyboardInterrupt as stop:
        if not hasattr(stop, "__notes__"):
            stop.add_note("The last bundle is as it was.")
        raise
    if placed.others:
        _say_indented(f"not of the bundle, and kept: {', '.join(map(str, placed.others))}")
    if placed.left:
        _say_indented(f"the last bundle could not be deleted: {placed.left}")
    size = sum(len(data) for data in files.values()) / 1e6
    _say(f"done: {out / 'index.html'} ({len(files)} files, {size:.1f} MB)")
    if serve:
        _say("to look at here; build without --serve what you publish")
        serve_forever(out, port)
    return 0


def _made(
    exercise: Exercise, out: Path, serve: bool, port: int
) -> tuple[Path, int, dict[str, bytes]]:
    """Return the bundle's files, and where they go."""
    from builder.bundle import make_bundle
    from builder.folders import bundle_folder
    from builder.prove import prove
    from builder.serve import free_port
    from builder.shipped import make_shipped
    from builder.statement import render_statement

    out = bundle_folder(out, exercise.folder)
    port = free_port(port) if serve else 0
    _say_what_is_left_out(exercise, _say_indented)
    if exercise.ships_solution:
        _say_indented(f"the solution ships: solution_policy is {exercise.solution_policy}")
    if exercise.explore is not None:
        drawn = ", with what it draws of solution.py" if exercise.show_expected else ""
        _say_indented(f"explore.py ships{drawn}")
    toolchain = _toolchain(_say_indented)
    _say("render")
    statement = render_statement(exercise, toolchain)
    _say("prove")
    proof = prove(exercise, toolchain)
    _say("bundle")
    packs = make_shipped(exercise, proof, toolchain)
    return out, port, make_bundle(exercise, proof, statement, packs, toolchain, quick=serve)


def check(exercise: Exercise) -> int:
    """Prove the exercise, see to it that its statement can be rendered, and write nothing."""
    from builder.prove import prove
    from builder.statement_check import check_statement

    _say_what_is_left_out(exercise, _say)
    toolchain = _toolchain(_say)
    check_statement(exercise, toolchain)
    prove(exercise, toolchain)
    return 0


def grade(exercise: Exercise, path: Path, as_json: bool) -> int:
    """Grade a file; the exit status is 0 if it passes, 1 if not (2: it could not be graded)."""
    from builder.grade import open_judge, read_submission
    from builder.prove import prove
    from builder.report_table import report_table

    source = read_submission(path)
    toolchain = _toolchain(lambda text: print(text, file=sys.stderr))
    proof = prove(exercise, toolchain)
    with open_judge(exercise, toolchain, proof.facts(), isolated=True) as judge:
        for layer in judge.lacking:
            print(f"This machine lacks {layer}: see SECURITY.md.", file=sys.stderr)
        report = judge.grade(source).report
    print(json.dumps(report, indent=2) if as_json else report_table(report))
    return 0 if report["outcome"] == "passed" else 1


def _say_what_is_left_out(exercise: Exercise, say: Callable[[str], None]) -> None:
    from builder.report_table import harmless

    notice = exercise.hidden_tests.notice()
    if notice:
        say(harmless(notice))


def _toolchain(say: Callable[[str], None]) -> Toolchain:
    from builder.cache import Cache
    from builder.toolchain import Toolchain

    return Toolchain(WEB, Cache(CACHE), say)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the command line's options; end with its usage if they do not go together."""
    parser = _parser()
    options, more = parser.parse_known_args(arguments)
    if more:
        many = ": --grade takes one file at a time" if options.grade else ""
        parser.error(f"unrecognized arguments: {' '.join(more)}{many}")
    if options.grade and len(options.grade) > 1:
        parser.error("--grade takes one file at a time")
    if options.json and not options.grade:
        parser.error("--json goes with --grade FILE")
    if options.port is not None and not options.serve:
        parser.error("--port goes with --serve")
    if options.out is not None and (options.check or options.grade):
        parser.error("--out goes with a build: --check and --grade write nothing")
    return options


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("an empty name (a variable that is not set?)")
    return Path(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 65535")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    first, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=first, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=_path,
        default=HERE,
        metavar="FOLDER",
        help="the exercise (default: the folder of build.py)",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--serve", action="store_true", help="serve the bundle after building it")
    what.add_argument("--check", action="store_true", help="prove the exercise, write nothing")
    what.add_argument(
        "--grade",
        action="append",
        type=_path,
        metavar="FILE",
        help="grade FILE by the page's engine, in a process of its own: what that keeps a "
        "stranger's file from is said in SECURITY.md",
    )
    parser.add_argument("--json", action="store_true", help="with --grade: the report as JSON")
    parser.add_argument("--out", type=_path, help=f"where to write (default: {OUT.name}/)")
    parser.add_argument("--port", type=_port, help="with --serve (default: a free one)")
    return parser


def _print_whatever_comes() -> None:
    """Have characters escaped that the terminal's encoding lacks, instead of giving up."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _say(text: str) -> None:
    print(text, flush=True)


def _say_indented(text: str) -> None:
    _say(f"  {text}")


if __name__ == "__main__":
    sys.exit(main())
