"""``python -m browsers``: install what is missing, and say what there is."""

import argparse
import sys

from .install import main

# Whoever asks for help, or has a slip in the command, is told before anything is installed.
argparse.ArgumentParser(prog="python -m browsers", description=__doc__).parse_args()
sys.exit(main())
