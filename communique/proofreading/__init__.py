"""Proofreading: what an attentive reader would ask about the words of a text."""
