"""The search: an index as files of JavaScript, which a page reads without a server."""
