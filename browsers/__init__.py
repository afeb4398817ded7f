"""Starting and driving real browsers, for tests and benchmarks: one page, any engine behind it.

Firefox and WebKit are driven through the WebDriver commands that both speak by themselves: Firefox
over its Marionette socket, WebKitGTK over HTTP. So nothing has to be installed but the browsers.
"""

from .page import BOOT_SECONDS, RUN_SECONDS, EnginePage
from .start import ENGINES, EngineMissingError, open_engine
from .webdriver import DriverError

__all__ = [
    "BOOT_SECONDS",
    "ENGINES",
    "RUN_SECONDS",
    "DriverError",
    "EngineMissingError",
    "EnginePage",
    "open_engine",
]
