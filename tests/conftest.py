"""Settings of the whole suite."""

from hypothesis import settings

# no database: the tests leave nothing behind, and run in a checkout that may not be written to
settings.register_profile("communique", database=None, deadline=None)
settings.load_profile("communique")
