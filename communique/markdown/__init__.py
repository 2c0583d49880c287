"""Markdown: Python-Markdown with less work for each text, within bounds, and with the same result."""
