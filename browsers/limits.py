"""How long things may take: far longer than they do, so that a busy machine fails no test."""

START_SECONDS = 120.0
"""A browser, until it takes commands."""

COMMAND_SECONDS = 240.0
"""A command of a driver's; to load a page is one, and so is a script that is waited for."""

ANSWER_SECONDS = 30.0
"""A loaded page, until it answers what costs nothing; then it is asked once more."""

BOOT_SECONDS = 240.0
"""A page, until Python is ready or has failed."""

RUN_SECONDS = 300.0
"""A run, until its verdict."""

SHOW_SECONDS = 60.0
"""A page, until it shows what it has, or takes a click."""

IDLE_SECONDS = 60.0
"""A browser, until it has come to rest."""

# A page that waits blinks and beats; a worker that goes on takes all that others leave it.
IDLE_PROCESSORS = 0.25

# A page that is brought down does not react for good, and one that is flooded for many seconds.
LONGEST_GAP_MS = 4_000
