"""Makes the file under test importable as the module ``solution``."""

import importlib.util
import sys
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parent.parent / "solution.py"

# Planted wrong answers are chosen one at a time with --solution.
collect_ignore = ["wrong_solutions"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line choose the file under test."""
    parser.addoption(
        "--solution",
        metavar="FILE",
        default=None,
        help="the Python file to test (default: solution.py beside hidden_tests)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Load the chosen file, unless a ``solution`` is already in place and none was asked for."""
    chosen = config.getoption("--solution")
    if chosen is None and "solution" in sys.modules:
        return
    path = config.invocation_params.dir / chosen if chosen else REFERENCE
    load_solution(path)
    config.add_cleanup(forget_solution)


def load_solution(path: Path) -> None:
    """Import ``path`` as the module ``solution``."""
    if not path.is_file():
        raise pytest.UsageError(
            f"no solution to test: {path} is not a file; give one with --solution FILE"
        )
    spec = importlib.util.spec_from_file_location("solution", path)
    if spec is None or spec.loader is None:
        raise pytest.UsageError(f"{path} is not a Python file; its name has to end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["solution"] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules["solution"]
        raise pytest.UsageError(
            f"{path} cannot be imported: {type(error).__name__}: {error}"
        ) from error


def forget_solution() -> None:
    """Leave no ``solution`` behind for the next session in this process."""
    sys.modules.pop("solution", None)
