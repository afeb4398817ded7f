"""How much one value may hold: so deep, so many parts, so many bytes."""

from __future__ import annotations

MAX_DEPTH = 100
TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
MAX_NODES = 100_000
MAX_BYTES = 12_000_000
MAX_INT_BITS = 65_536
MAX_DIMENSIONS = 64
# So many different keys of one dict may share a hash: each is compared with all of the others.
MAX_COLLIDING = 16


class WireError(ValueError):
    """A text or tree that is not of the wire's form, or a value that it cannot carry."""


class Allowance:
    """What is left of the size that one message may have."""

    def __init__(self) -> None:
        self.nodes = MAX_NODES
        self.bytes = MAX_BYTES

    def allow(self, values: int) -> None:
        """Allow for several values: each may be as large as one alone."""
        self.nodes, self.bytes = MAX_NODES * values, MAX_BYTES * values

    def spend(self, nodes: int = 0, bytes: int = 0) -> None:
        """Take from what is left.

        Raises:
            WireError: if there is less.
        """
        self.nodes -= nodes
        self.bytes -= bytes
        if self.nodes < 0 or self.bytes < 0:
            raise WireError("too large to send")
