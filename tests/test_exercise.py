"""The exercise itself: its statement, its reference, its tests and its planted wrong answers."""

import ast
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden" / "label_smoothing_loss.json"
TEST_FILE = ROOT / "hidden_tests" / "test_label_smoothing_loss.py"
WRONG = sorted((ROOT / "hidden_tests" / "wrong_solutions").glob("*.py"))

TITLES = [
    "alpha=0 reduces to plain cross-entropy",
    "Diagnostic: matches the explicit smoothed formula",
    "Smoothing INCREASES loss for a perfectly-confident correct prediction",
    "Larger alpha gives larger loss (more regularisation)",
    "Numerically stable for large logits",
]

# Three right forms that round differently; the first returns a np.float64.
RIGHT_FORMS = {
    "one-logarithm": """
import numpy as np

def label_smoothing_loss(logits, target, alpha):
    top = logits.max()
    log_probs = logits - (top + np.log(np.exp(logits - top).sum()))
    return -(1 - alpha) * log_probs[target] - alpha / len(logits) * log_probs.sum()
""",
    "logaddexp": """
import numpy as np

def label_smoothing_loss(logits, target, alpha):
    log_probs = logits - np.logaddexp.reduce(logits.astype(np.float64))
    soft = np.full(len(logits), alpha / len(logits))
    soft[target] += 1 - alpha
    return float(-(soft @ log_probs))
""",
    "log1p": """
import numpy as np

def label_smoothing_loss(logits, target, alpha):
    best = np.argmax(logits)
    rest = np.delete(logits, best) - logits[best]
    log_probs = logits - logits[best] - np.log1p(np.exp(rest).sum())
    return float(-(1 - alpha) * log_probs[target] - alpha * log_probs.mean())
""",
}

PROBLEM_FACTS = [
    "label_smoothing_loss(logits, target, alpha)",
    "1-\\alpha+\\alpha/K",
    "\\text{soft}[i] = (1-\\alpha)\\,\\mathbf{1}[i=y] + \\frac{\\alpha}{K}",
    "L = -\\sum_i \\text{soft}[i]\\,\\log\\text{softmax}(z)[i]",
    "L = -(1-\\alpha)\\,\\log\\text{softmax}(z)[y] \\;-\\; "
    "\\frac{\\alpha}{K}\\sum_i \\log\\text{softmax}(z)[i]",
    "PyTorch",
    "`logits.max()`",
    "`(K,)`",
    "$[0, K)$",
    "$[0, 1]$",
    "Do not change the `logits` array",
    "depends on the arguments only",
    "float64",
    "[1.0, 2.0, 3.0, 0.5]",
    "`-log_softmax(logits)[2]`",
    "0.460773489156851",
    "[0.0, 0.0, 100.0, 0.0]",
    "7.5",
    "`[1000, 1001, 1002]`",
    "sums to 1",
    "monotonically",
    "1 % more top-1 accuracy at ImageNet scale",
    "$\\alpha = 0.1$",
    "Inception-v3, ResNet",
    "Transformer paper, T5",
    "KL divergence",
]

Loss = Callable[..., float]


def load(path: Path) -> ModuleType:
    """Import a file by path, under a name that nothing else uses."""
    spec = importlib.util.spec_from_file_location(f"exercise_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_hidden_tests(solution: Path | None) -> subprocess.CompletedProcess[str]:
    """Run the hidden tests from the root in a child process, as an instructor would."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rA", "--tb=short"]
    choice = ["--solution", str(solution)] if solution else []
    # Without the plugins that happen to be installed a child starts in half the time.
    lean = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        [*command, "hidden_tests", *choice],
        cwd=ROOT,
        env={**os.environ, **lean},
        capture_output=True,
        text=True,
        timeout=60,
    )


def named(outcome: str, output: str) -> set[str]:
    """Return the test functions that a pytest summary lists with this outcome."""
    return set(re.findall(rf"^{outcome} \S+::(\w+)", output, re.MULTILINE))


def hidden_tests() -> dict[str, str]:
    """Return each test function's name and the first line of its docstring, in file order."""
    tree = ast.parse(TEST_FILE.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    tests = [node for node in functions if node.name.startswith("test_")]
    return {node.name: (ast.get_docstring(node) or "").partition("\n")[0] for node in tests}


@pytest.fixture(scope="module")
def wrong_runs() -> Iterator[dict[Path, Future[subprocess.CompletedProcess[str]]]]:
    """Test all wrong solutions two at a time; each test then waits for its own."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {path: pool.submit(run_hidden_tests, path) for path in WRONG}


def test_solution_agrees_with_pytorch() -> None:
    loss: Loss = load(ROOT / "solution.py").label_smoothing_loss
    cases = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert len(cases) >= 300
    for case in cases:
        logits = np.array(case["logits64"], dtype=np.float64) / 64
        got = loss(logits, case["target"], case["alpha"])
        assert type(got) is float
        np.testing.assert_allclose(got, case["loss"], rtol=1e-12, atol=1e-14)


def test_golden_cases_cover_the_whole_range() -> None:
    cases = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert {1, 2, 1000} <= {len(case["logits64"]) for case in cases}
    assert {0, 1} <= {case["alpha"] for case in cases}
    assert max(abs(score) for case in cases for score in case["logits64"]) > 0.99 * 64 * 10_000
    assert GOLDEN.stat().st_size < 400_000


def test_solution_of_a_single_class_is_zero() -> None:
    assert str(load(ROOT / "solution.py").label_smoothing_loss(np.array([3.0]), 0, 0.1)) == "0.0"


def test_titles_are_to_the_letter_and_in_order() -> None:
    assert list(hidden_tests().values()) == TITLES


def test_front_matter_has_exactly_the_agreed_keys() -> None:
    _, front, _ = (ROOT / "problem.md").read_text(encoding="utf-8").split("---\n", 2)
    matter = yaml.safe_load(front)
    assert isinstance(matter.pop("tags"), list)
    assert matter == {
        "title": "Label-smoothed cross-entropy",
        "slug": "label-smoothed-cross-entropy",
        "difficulty": "Medium",
        "language": "Python",
        "entry_points": ["label_smoothing_loss"],
        "call_seconds": 5,
        "run_seconds": 20,
        "solution_policy": "hidden",
    }


def test_statement_has_its_sections_in_order() -> None:
    text = (ROOT / "problem.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        *("Background", "Problem", "Input", "Output", "Examples", "Constraints", "Notes"),
        *(
            "Hint: one class at a time",
            "Hint: what every class gets",
            "Hint: large logits",
            "Remarks",
        ),
    ]
    assert not re.search(r"^# ", text, re.MULTILINE), "the page shows the title itself"


@pytest.mark.parametrize("fact", PROBLEM_FACTS)
def test_statement_carries_the_fact(fact: str) -> None:
    assert fact in (ROOT / "problem.md").read_text(encoding="utf-8")


def test_statement_examples_are_what_the_solution_returns() -> None:
    loss: Loss = load(ROOT / "solution.py").label_smoothing_loss
    first = loss(np.array([1.0, 2.0, 3.0, 0.5]), 2, 0)
    assert first == pytest.approx(0.460773489156851, rel=1e-14)
    assert loss(np.array([0.0, 0.0, 100.0, 0.0]), 2, 0.1) == pytest.approx(7.5, rel=1e-14)


def test_starter_is_not_implemented_yet() -> None:
    starter = load(ROOT / "starter.py")
    with pytest.raises(NotImplementedError):
        starter.label_smoothing_loss(np.array([1.0, 2.0]), 0, 0.1)


def test_hidden_tests_pass_on_the_reference_by_default() -> None:
    result = run_hidden_tests(None)
    assert result.returncode == 0, result.stdout
    assert named("PASSED", result.stdout) == set(hidden_tests())


def test_every_hidden_test_fails_on_the_starter() -> None:
    result = run_hidden_tests(ROOT / "starter.py")
    assert named("FAILED", result.stdout) == set(hidden_tests())


def test_missing_solution_file_is_named_in_a_clear_error() -> None:
    result = run_hidden_tests(Path("missing.py"))
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no solution to test" in result.stderr
    assert "missing.py" in result.stderr


@pytest.mark.parametrize("form", RIGHT_FORMS)
def test_other_right_forms_pass(form: str, tmp_path: Path) -> None:
    path = tmp_path / "other.py"
    path.write_text(RIGHT_FORMS[form], encoding="utf-8")
    result = run_hidden_tests(path)
    assert named("PASSED", result.stdout) == set(hidden_tests()), result.stdout


@pytest.mark.parametrize("form", RIGHT_FORMS)
def test_right_forms_never_leave_the_tolerance(form: str, tmp_path: Path) -> None:
    path = tmp_path / "other.py"
    path.write_text(RIGHT_FORMS[form], encoding="utf-8")
    loss: Loss = load(path).label_smoothing_loss
    expected = load(ROOT / "hidden_tests" / "expected.py")
    rng = random.Random(2016)
    for _ in range(1500):
        limit = 64 * rng.choice([1, 8, 100, 10_000])
        size = rng.choice([1, 2, 3, 5, 10, 60])
        logits = np.array([rng.randint(-limit, limit) / 64 for _ in range(size)])
        target, alpha = rng.randrange(size), rng.choice([0.0, 0.1, 1.0, rng.random()])
        want = expected.expected_loss(logits, target, alpha)
        assert expected.is_close(loss(logits, target, alpha), want), (logits, target, alpha)


def test_there_are_enough_wrong_solutions() -> None:
    assert len(WRONG) >= 26


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_wrong_solution_is_caught_by_the_tests_it_names(
    path: Path, wrong_runs: dict[Path, Future[subprocess.CompletedProcess[str]]]
) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    match = re.fullmatch(r"[^\n]+\.\n\nCaught by: (\w+(?:, \w+)*)", doc)
    assert match, "the docstring is one sentence, a blank line and 'Caught by: ...'"
    caught_by = set(match[1].split(", "))
    result = wrong_runs[path].result()
    assert result.returncode == pytest.ExitCode.TESTS_FAILED, result.stdout + result.stderr
    assert caught_by <= named("FAILED", result.stdout)
