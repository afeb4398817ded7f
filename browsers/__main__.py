"""``python -m browsers``: install what is missing, and say what there is."""

import sys

from .install import main

sys.exit(main())
