"""Archives that depend on names and contents alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

Members = Iterable[tuple[str, bytes]]


def zip_stored(members: Members) -> bytes:
    """Return an archive that depends on names and contents alone, without compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(members):
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()
