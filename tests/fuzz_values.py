"""Values of every kind, as Python source: for a submission, for the page, and for this process."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np
from hypothesis import strategies as st

from .test_wire import CHARACTERS, CODES

ALLOWED = [np.dtype(order + code).str for code in CODES for order in "<>"]
OTHERS = ["S3", "V4", "M8[s]", ">m8[us]", "i4,f8", "f4,(2,)u1"]
VIEWS = ["", ".copy()", ".copy('F')", ".T", "[::-2]", "[:0]", "[..., None]", ".T[1:]"]

# At the limits of the wire, of types that no strategy makes, and right for a test's first call.
SPECIAL = [
    *("0", "0.0", "-0.0", "5e-324", "-2.2e-308", "0.460773489156851", "np.float64(7.5)", "1e-10"),
    *("2 ** 53 + 1", "2 ** 63", "-2 ** 63", "1 << 65535", "1 << 65536", "-(1 << 65536)"),
    *("[[]] * 100_001", "'a' * 8_000_001", "np.zeros(1_000_001)", "10 ** 4300", "[10 ** 4300]"),
    *("np.longdouble('0.5')", "np.clongdouble(1j)", "np.longlong(7)", "np.ulonglong(7)"),
    *("np.datetime64('2020-01-01')", "np.timedelta64('NaT')", "np.str_('ä')", "np.bytes_(b'a')"),
    *("np.zeros(2).view(np.matrix)", "np.zeros(2).view(np.recarray)", "np.array(['ä'])"),
    *("np.ma.zeros(2)", "np.zeros(2, 'i4,f8')[0]", "np.array(0.5)", "np.ones(2, 'g')"),
    *("np.broadcast_to(0.5, (2, 3))", "np.array(None)", "np.zeros((0, 2), object)", "range(3)"),
    *("iter([0.5])", "slice(1)", "memoryview(b'a')", "bytearray(b'a')", "...", "int", "float"),
]


@st.composite
def arrays(draw: st.DrawFn) -> str:
    """Arrays of any dtype, bits, order and flags, and single elements of them."""
    dtype = draw(st.sampled_from(ALLOWED + OTHERS))
    shape = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    size = prod(shape) * np.dtype(dtype).itemsize
    data = draw(st.binary(min_size=size, max_size=size))
    kind = draw(st.sampled_from(["bytes", "bytearray"]))  # an array of bytes is read-only
    flat = f"np.frombuffer({kind}.fromhex('{data.hex()}'), '{dtype}')"
    if not size:
        return f"np.zeros({shape}, '{dtype}')"
    if draw(st.booleans()):
        return f"{flat}[0]"
    view = draw(st.sampled_from(VIEWS))
    objects = ".astype(object)" if dtype in ALLOWED and draw(st.integers(0, 9)) == 0 else ""
    return f"{flat}.reshape({shape}){view}{objects}"


@st.composite
def plain(draw: st.DrawFn) -> str:
    """Python's own scalars."""
    kinds: list[st.SearchStrategy[str]] = [
        st.sampled_from(["None", "True", "False"]),
        st.floats().map(repr),
        st.integers().map(repr),
        st.text(CHARACTERS, max_size=20).map(ascii),
        st.binary(max_size=8).map(repr),
        st.complex_numbers().map(lambda z: f"complex({z.real!r}, {z.imag!r})"),
    ]
    return draw(st.one_of(kinds))


@st.composite
def keys(draw: st.DrawFn) -> str:
    """What can be a key, or an element of a set."""
    return draw(plain() | st.lists(plain(), max_size=2).map(between("(", ")")))


@st.composite
def leaves(draw: st.DrawFn) -> str:
    """Values that hold no others, mostly."""
    return draw(st.one_of(plain(), arrays(), st.sampled_from(SPECIAL)))


MAPPINGS = [
    *("collections.Counter(", "collections.OrderedDict("),
    *("collections.defaultdict(list, ", "collections.defaultdict(lambda: 0, "),
]


@st.composite
def containers(draw: st.DrawFn, parts: st.SearchStrategy[str]) -> str:
    """Lists, tuples, deques, dictionaries of all kinds, sets and arrays of other values."""
    pairs = st.tuples(keys(), parts).map(": ".join)
    kinds: list[st.SearchStrategy[str]] = [
        st.lists(parts, max_size=4).map(between("[", "]")),
        st.lists(parts, max_size=4).map(between("(", ")")),
        st.lists(parts, max_size=4).map(between("collections.deque([", "], 3)")),
        st.lists(pairs, max_size=4).map(between("{", "}")),
        *(st.lists(pairs, max_size=3).map(between(f"{each}{{", "})")) for each in MAPPINGS),
        st.lists(keys(), max_size=3).map(between("{*(", ")}")),
        st.lists(parts, max_size=3).map(between("np.array([None, ", "], dtype=object)")),
    ]
    return draw(st.one_of(kinds))


def between(opened: str, closed: str) -> Callable[[list[str]], str]:
    """Return what writes parts between brackets."""
    return lambda parts: f"{opened}{''.join(f'{part}, ' for part in parts)}{closed}"


VALUES = st.recursive(leaves(), containers, max_leaves=8)


def returning(values: list[str]) -> str:
    """Return a submission that answers each new call with the next of these values.

    The same call gets the same answer: the page repeats one that had to wait for the library.
    """
    made = "".join(f"    lambda: {value},\n" for value in values)
    return (
        f"import collections\nimport numpy as np\nfrom math import inf, nan\n"
        f"values = [\n{made}]\ncalls = {{}}\n\n"
        "def label_smoothing_loss(logits, target, alpha):\n"
        "    call = (logits.tobytes(), target, alpha)\n"
        f"    return values[calls.setdefault(call, len(calls)) % {len(values)}]()\n"
    )
