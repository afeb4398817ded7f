"""Where things lie inside an interpreter; `web/src/worker/runtime.ts` says the same."""

from __future__ import annotations

STDLIB_ZIP = "/lib/python313.zip"
SITE_PACKAGES = "/lib/python3.13/site-packages"

# Where a realm's own files are unpacked: our modules, and the judge's hidden tests.
EXERCISE = "/exercise"
