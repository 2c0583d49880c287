"""Checks of the finished bytes, as a browser or feed reader would read them."""
