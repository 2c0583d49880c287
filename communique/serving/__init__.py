"""Serving: the preview of a site on this machine, kept up to date while its files are edited."""
