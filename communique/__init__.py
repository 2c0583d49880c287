"""Communiqué: announcements of several partners, published as a static site."""

__version__ = "0.1.0"
