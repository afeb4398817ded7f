"""What to try about an exception, by its message: the type alone says too little to be true."""

from __future__ import annotations

import re

# Python's own messages are no longer.
_LONGEST = 500
_POSITION = "A position has to be an integer: int(...) makes one, and // divides into one."
_KINDS = "Check which kinds of values meet there."
_NONE = (
    "A function without return gives None, and so do methods that change a list in place, such as "
    "append and sort."
)
_ITSELF = (
    "Your code is itself the module solution: define what you need in it, and use it without an "
    "import."
)
_EMPTY = "There is nothing left to take out: check first that it is not empty."

# By the exception's type, the first whose expression is found in the message.
_ADVICE: dict[str, dict[str, str]] = {
    "AssertionError": {"": "An assert in your own code does not hold."},
    "AttributeError": {
        r"'NoneType' object": _NONE,
        r"^(?:partially initialized )?module 'solution' has no": _ITSELF,
        r"has no attribute": "Check the name behind the dot, and what kind of value stands before "
        "it.",
    },
    "ImportError": {
        r"^cannot import name '[^']*' from (?:partially initialized module )?'solution'": _ITSELF,
        r"^cannot import name": "Check its spelling: the module has nothing that is called so.",
    },
    "IndexError": {
        r"^Replacement index": "The text has more {} than format is given values.",
        r"with size 0$": "There is nothing in it along that axis, so no position either.",
        r"out of (?:range|bounds)|index-sized integer": "Positions count from 0, so the last one "
        "is the length minus 1.",
        r"^too many indices": "Each axis takes one index, and the brackets hold more of them than "
        "there are axes.",
        r"^invalid index to scalar": "It is a single number, which has no positions.",
        r"^only integers, slices|^arrays used as indices": _POSITION,
        r"^pop from (?:an )?empty": _EMPTY,
        r"^boolean index did not match": "A mask needs the shape of the array that it picks from.",
        r"indexing arrays could not be broadcast": "Arrays of positions that stand in the same "
        "brackets need the same shape.",
    },
    "KeyError": {
        r"^'(?:pop from an empty set|popitem\(\): dictionary is empty)'": _EMPTY,
        "": "Check that the dictionary, or the set, holds it.",
    },
    "OverflowError": {
        r"math range error|not representable|result out of range|too large .*\bfloat$": "A number "
        "became too large for a float, which ends near 1.8e308.",
        r"infinity to integer": "No integer is infinite: check where the infinity comes from.",
        r"out of bounds for": "The dtype cannot hold a number of that size.",
        r"to convert to C": "The integer is larger than what there is room for.",
    },
    "TypeError": {
        r"\bNoneType\b": _NONE,
        r"^unsupported operand|^can only concatenate|^can't multiply sequence"
        r"|not supported between|expected str instance": _KINDS,
        r"^'module' object is not callable": "A module is no function: name the one in it that is "
        "meant, as in math.sqrt(2).",
        r"is not callable": "Only a function can be called. Is a * missing before the parenthesis, "
        "are [ ] meant, or has a variable taken the function's name?",
        r"argument: 'self'$": "A method is called on an object of the class, not on the class.",
        r"missing .*\brequired|at least": "The call leaves out what the function needs.",
        r"^\w+\.\w+\(\) takes .*but": "The call gives more than the method takes, where the object "
        "itself (self) counts as the first.",
        r"takes .*\bbut|takes no arguments|at most": "The call gives more than the function takes.",
        r"^(?:max|min|sum)\(\) got an unexpected keyword argument '(?:axis|keepdims)'": "That is "
        "Python's own function: NumPy's, as in np.max or np.sum, has an axis.",
        r"unexpected keyword argument|no keyword arguments": "The function has no parameter of "
        "that name: check its spelling.",
        r"multiple values for": "The call gives it twice: by its place and by its name.",
        r"unhashable type": "Lists, dicts, sets and arrays can be no key of a dict, no member of a "
        "set and no argument of a function with a cache; a tuple of numbers can.",
        r"(?:function\w*|method)' object is not subscriptable": "A function is called with ( ), "
        "not [ ].",
        r"is not subscriptable": "Only a list, tuple, text, dict or array takes [ ], and this is "
        "none of them.",
        r"support item (?:assignment|deletion)": "Its parts cannot be changed in place: make a new "
        "value, or use a list or an array.",
        r"(?:function\w*|method)' object is not iterable": "The function is not called: its ( ) "
        "are missing.",
        r"^cannot unpack": "There is a single value where several names are to get one each.",
        r"^argument of type": "`in` looks into lists, tuples, texts, dicts, sets and arrays, and "
        "this is none of them.",
        r"is not (?:iterable|reversible)|^iteration over a 0-d": "It holds nothing to go through, "
        "element by element. To count up to a number n, use range(n).",
        r"has no len\(\)|^len\(\) of unsized": "Only what holds several values has a length.",
        r"indices must be integers.*not '?tuple": "A list of lists takes one index after another, "
        "as in x[i][j]; an array takes x[i, j].",
        r"indices must be integers|^'(?:numpy\.)?float\d*' object cannot be interpreted"
        r"|^expected a sequence of integers": "An integer is needed there: int(...) makes one, and "
        "// divides into one.",
        r"^only integer scalar arrays": "A single integer is needed there, not an array.",
        r"^only (?:length-1|0-dimensional) arrays": "A single number is needed there, not an array "
        "of several: NumPy's functions, such as np.exp, take arrays, and math's do not.",
        r"^Cannot interpret .* as a data type": "A shape of several numbers goes in as one, as in "
        "np.zeros((2, 3)).",
        r"^bad operand|\bmust be .*\bnot\b|is required, not"
        r"|^loop of ufunc|^ufunc .*not supported": "Check what kind of value goes in there.",
    },
    "UFuncTypeError": {"": _KINDS},
    "ValueError": {
        r"math domain error": "The function is not defined for that number: log needs one above 0, "
        "sqrt one that is not negative.",
        r"^not enough values to unpack": "The names are more than the values.",
        r"^too many values to unpack": "The values are more than the names.",
        r"NaN to integer": "NaN is no integer: check where it comes from.",
    },
}
_FOUND = {
    kind: [(re.compile(found), said) for found, said in each.items()]
    for kind, each in _ADVICE.items()
}


def advice(kind: str, message: str) -> str:
    """Return a sentence about an exception; nothing where there is none that is true for sure."""
    text = message[:_LONGEST]
    return next((said for found, said in _FOUND.get(kind, ()) if found.search(text)), "")
