"""Tests that chance decides, in the form of `unprovable`; and those that draw of it and may."""

from __future__ import annotations

from .squares import Files, authored

_PLACE = "hidden_tests/test_f.py:6"
_OTHER = "test: This test makes other calls each time that it runs"
_SEED = "make and seed what is random inside it"
# What comes so rarely that a test has passed before it is met.
_RARELY = {
    "of the module random": "random.random() < 0.002",
    "of NumPy's functions": "bool(np.random.random() < 0.02)",
    "of a constant of the test's file": "OWN.random() < 0.05",
    "of another generator": "random.Random().random() < 0.05",
    "of NumPy's generators": "bool(np.random.default_rng().random() < 0.05)",
    "of the system": "__import__('secrets').randbelow(20) == 1",
}

CHANCY: dict[str, tuple[Files, str, str, str]] = {
    "chance": (
        authored("def test():\n    f(random.random())"),
        _PLACE,
        f"{_OTHER}: f(0.",
        _SEED,
    ),
    **{
        f"rare chance {of}": (
            authored(f"OWN = random.Random(1)\ndef test(): f({drawn})"),
            _PLACE,
            f"{_OTHER}: f(",
            _SEED,
        )
        for of, drawn in _RARELY.items()
    },
    "rare chance of a call more": (
        authored("def test():\n    f(1)\n    if random.random() < 0.002: f(2)"),
        "hidden_tests/test_f.py:7",
        f"{_OTHER}.\nf(1) returned 1",
        _SEED,
    ),
    "rare chance of another end": (
        authored("def test():\n    f(1)\n    assert random.random() > 0.002, 'too small'"),
        "hidden_tests/test_f.py:7",
        "test: This test comes to something else each time that it runs: too small",
        _SEED,
    ),
    "rare chance of a test that is left": (
        authored("def test():\n    f(1)\n    if random.random() < 0.002: pytest.skip('small')"),
        "hidden_tests/test_f.py:7",
        "comes to something else each time that it runs: This test was skipped.",
        _SEED,
    ),
}

UNMOVED = """
import tempfile
GIVEN = random.random()

def test_seeded():
    random.seed(1)
    np.random.seed(2)
    for generator in (random, random.Random(3), np.random, np.random.default_rng(4)):
        x = generator.random()
        assert f(x) == x * x

def test_what_reaches_no_call():
    values = [3, 4, 5]
    squares = [f(x) for x in values]
    at = random.randrange(len(values))
    assert squares[at] == values[at] ** 2
    with tempfile.NamedTemporaryFile():
        assert f(2) == 4

def test_drawn_when_it_was_imported():
    assert f(GIVEN) == GIVEN * GIVEN

@pytest.mark.parametrize("x", [random.random()], ids=["drawn"])
def test_drawn_when_it_was_collected(x):
    assert f(x) == x * x

def test_patched(monkeypatch):
    monkeypatch.setattr(random, "choice", lambda given: given[0])
    assert f(random.choice([3, 4])) == 9
"""
