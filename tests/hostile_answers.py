"""What learners send in good faith: right, wrong, and no function at all."""

from __future__ import annotations

from .hostile import ACCEPTED, INVALID, WRONG, Row, function
from .submissions import REFERENCE, WRONG_CONVENTION

_SHORT = """
scores = np.asarray(logits, dtype=np.float64)
shifted = scores - scores.max()
surprise = np.log(np.exp(shifted).sum()) - shifted
loss = (1 - alpha) * surprise[target] + alpha * surprise.mean()
"""


def right(end: str = "return float(loss)", top: str = "") -> str:
    """Return a right solution with an end and a beginning of its own."""
    return function(_SHORT + end, top)


_OTHER_STYLE = """
from numpy import *
import functools

class Softmax:
    def __init__(self, scores):
        self.shifted = scores - scores.max()
    def surprise(self):
        return log(exp(self.shifted).sum()) - self.shifted

def traced(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        print("called with", len(args))
        return function(*args, **kwargs)
    return inner

mix = lambda surprise, target, alpha: (1 - alpha) * surprise[target] + alpha * surprise.mean()

@traced
def label_smoothing_loss(logits: ndarray, target: int = 0, alpha: float = 0.1, *, eps=0) -> float:
    return float(mix(Softmax(asarray(logits, dtype=float64)).surprise(), target, alpha))

if __name__ == "__main__":
    raise SystemExit("not run here")
"""

_ACCEPTED = {
    "the reference": REFERENCE,
    "np.float64": right("return np.float64(loss)"),
    "CRLF, tabs and a BOM": "\ufeff" + REFERENCE.replace("    ", "\t").replace("\n", "\r\n"),
    "classes, lambdas, a decorator, defaults, a star import, a main block": _OTHER_STYLE,
    "prints at every call": right("print('loss', loss, flush=True)\nreturn float(loss)"),
    "modules of the library": right(top="import collections, dataclasses, itertools, statistics"),
    "text of every script": right(top="note = 'Grüße, 平方, שלום, 🎓'"),
    "a callable object": right(top="").replace("def label", "def plain_label") + "class Loss:\n"
    "    def __call__(self, *xs, **named): return plain_label_smoothing_loss(*xs, **named)\n"
    "label_smoothing_loss = Loss()\n",
}


def _lies(base: str, made: str) -> str:
    """Return a submission whose answers are equal to, near to and above everything."""
    names = ["eq", "ge", "gt", "le", "lt"]
    lies = "\n".join(f"    def __{name}__(self, other): return True" for name in names)
    top = f"class Liar({base}):\n{lies}\n    __sub__ = __rsub__ = __abs__ = lambda *a: 0.0\n"
    return function(f"return {made}", top + "    __hash__ = None\n")


def _returning(value: str, top: str = "") -> str:
    return function(f"return {value}", top)


# What comes back, and the words that say so.
_WRONG = {
    "the other convention": (WRONG_CONVENTION, "spread over the K-1 wrong classes"),
    "nothing (a stub)": (function("pass"), "returned None"),
    "prints instead of returning": (right("print(loss)"), "returned None"),
    "NaN": (_returning("float('nan')"), "has to be finite"),
    "infinity": (_returning("np.float64('inf')"), "has to be finite"),
    "a bool": (_returning("True"), "type bool"),
    "text": (_returning("'0.5'"), "type str"),
    "a complex number": (_returning("0.5 + 0j"), "type complex"),
    "np.float32": (right("return np.float32(loss)"), "compute in float64"),
    "a list": (right("return [loss]"), "type list"),
    "a tuple": (right("return (loss,)"), "type tuple"),
    "a dict": (right("return {'loss': loss}"), "type dict"),
    "shape (1,)": (right("return np.array([loss])"), "shape (1,)"),
    "shape (1, 1)": (right("return np.array([[loss]])"), "shape (1, 1)"),
    "shape (K,)": (right("return surprise"), "shape (4,)"),
    "a 0-d array": (right("return np.array(loss)"), "shape ()"),
    "a coroutine": (right().replace("def label", "async def label"), "type coroutine"),
    "a generator": (right("yield loss"), "type generator"),
    "an instance": (_returning("Loss()", "class Loss: value = 0.5"), "type Loss"),
    "itself": (_returning("label_smoothing_loss"), "type function"),
    "a list that holds itself": (function("a = []\na.append(a)\nreturn a"), "type list"),
    "dicts as deep as may cross": (
        function("a = {}\nfor n in range(100): a = {n: a}\nreturn a"),
        "type dict",
    ),
    "equal to everything": (_lies("object", "Liar()"), "type Liar"),
    "a float that lies": (_lies("float", "Liar(1.0)"), "type Liar"),
    "an np.float64 that lies": (_lies("np.float64", "Liar(1.0)"), "type Liar"),
    "an array that lies": (_lies("np.ndarray", "np.zeros(()).view(Liar)"), "type Liar"),
    "logits changed in place": (
        right("logits -= logits.max()\nreturn float(loss)").replace(
            "logits -=", "if logits.flags.writeable: logits -="
        ),
        "changed it in place",
    ),
    "its first answer for ever": (
        right("kept.append(float(loss))\nreturn kept[0]", "kept = []"),
        "Expected:",
    ),
    "a huge integer": (_returning("10 ** 5000"), "type int"),
    "a far too large integer": (_returning("1 << 10 ** 7"), "type int"),
    "a decimal": (_returning("Decimal(1)", "from decimal import Decimal"), "type Decimal"),
    "a large array": (_returning("np.zeros(10 ** 7)"), "type ndarray"),
}

_INVALID = {
    "nothing": ("", "no function label_smoothing_loss"),
    "a comment": ("# to do\n", "no function label_smoothing_loss"),
    "another name": ("def loss(a, b, c): return 0.0\n", "no function label_smoothing_loss"),
    "not a function": ("label_smoothing_loss = 0.5\n", "not a function"),
    "two parameters": (
        "def label_smoothing_loss(logits, target): return 0.0\n",
        "must take a parameter named alpha, as the starter does",
    ),
    "four parameters": (
        "def label_smoothing_loss(logits, target, alpha, eps): return 0.0\n",
        "must not need eps, which the starter does not have",
    ),
    "a parameter renamed": (
        REFERENCE.replace("target", "label"),
        "must take a parameter named target, as the starter does",
    ),
    "a NUL": (REFERENCE + "# \0\n", "NUL"),
    "too much": (REFERENCE + "#" * 100_000 + "\n", "too long"),
}

ROWS = [
    *(Row(name, ACCEPTED, source, "passed") for name, source in _ACCEPTED.items()),
    *(Row(name, WRONG, source, "failed", says) for name, (source, says) in _WRONG.items()),
    *(Row(name, INVALID, source, "invalid", says) for name, (source, says) in _INVALID.items()),
    # A browser's clipboard puts a whole character in place of half a one.
    Row("half a character", INVALID, "x = '\ud800'\n", "invalid", "half a character|no function"),
]
