"""A plugin for Pelican: which announcements name a partner, person or topic, and a feed for partners and topics."""

from collections import defaultdict
from importlib import import_module
from typing import Any

FOLDERS = ("partners", "people", "topics")
NEWEST = 20


def group(generator: Any) -> None:
    """Give templates `listed`: the announcements by folder and slug, the latest first; and `years`."""
    listed: dict[str, defaultdict[str, list[Any]]] = {folder: defaultdict(list) for folder in FOLDERS}
    for article in generator.articles:
        for folder in FOLDERS:
            names = article.metadata[folder].split(", ")
            setattr(article, folder, names)
            for name in names:
                listed[folder][name].append(article)
    generator.context["listed"] = listed
    generator.context["years"] = sorted({article.date.year for article in generator.articles}, reverse=True)


def know(generator: Any) -> None:
    """Give templates `profiles`: the pages by folder and slug."""
    profiles: dict[str, dict[str, Any]] = {folder: {} for folder in FOLDERS}
    for page in generator.pages:
        profiles[page.url.partition("/")[0]][page.slug] = page
    generator.context["profiles"] = profiles


def feed(generator: Any, writer: Any) -> None:
    """Write a feed for each partner and topic."""
    context = generator.context
    for folder in ("partners", "topics"):
        for name, articles in context["listed"][folder].items():
            path = f"{folder}/{name}/feed.xml"
            title = context["profiles"][folder][name].title
            writer.write_feed(articles[:NEWEST], context, path, path, feed_title=title)


def register() -> None:
    """Called by Pelican."""
    # imported here, so that the settings can be read where Pelican is not installed
    signals = import_module("pelican.plugins.signals")
    signals.article_generator_finalized.connect(group)
    signals.page_generator_finalized.connect(know)
    signals.article_writer_finalized.connect(feed)
