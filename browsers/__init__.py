"""Starting and driving real browsers, for tests and benchmarks: one page, any engine behind it.

Firefox and WebKit are driven through the WebDriver commands that both speak by themselves: Firefox
over its Marionette socket, WebKitGTK over HTTP. So nothing has to be installed but the browsers.
"""

from .chromium import ChromiumPage, launch_chromium
from .install import EngineMissingError
from .page import ExercisePage
from .start import ENGINES, open_page, start_browser
from .webdriver import DriverError

__all__ = [
    "ENGINES",
    "ChromiumPage",
    "DriverError",
    "EngineMissingError",
    "ExercisePage",
    "launch_chromium",
    "open_page",
    "start_browser",
]
