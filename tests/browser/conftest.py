"""One browser for the tests of a file; where there is none they are skipped, or fail where nothing may be skipped."""

import os
from collections.abc import Iterator

import pytest
from chromium import CHROMIUM, Chromium


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """One browser for all tests of a process."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    browser = Chromium(CHROMIUM, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
