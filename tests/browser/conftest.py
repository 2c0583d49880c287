"""One browser for the tests of a file; where there is none they are skipped, or fail where nothing may be skipped."""

from collections.abc import Iterator

import pytest
from chromium import CHROMIUM, Chromium
from node_tools import absent


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """One browser for all tests of a process."""
    if CHROMIUM is None:
        absent("chromium is not installed")
    browser = Chromium(CHROMIUM, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
