"""A glance: the pages of an announcement whose text has just changed, before the rest of the site is made again."""

from collections.abc import Mapping
from dataclasses import replace

from communique.addresses import url_of
from communique.edition import Edition, edition
from communique.kinds import Announcement
from communique.library import Entry, read_library
from communique.outputs.announcements import announcement_page
from communique.preview import Preview, unveiled
from communique.render import Renderer
from communique.resolve import image_files
from communique.versions import versions


def glance(made: Preview, path: str, data: bytes, renderer: Renderer) -> Mapping[str, bytes]:
    """The pages that show the new text of the announcement at a path, by file, with all else as it was in a preview;
    none where the change is more than one of words. Nothing is checked: the whole preview is still to be made."""
    if not made.editions:
        return {}
    read = unveiled(read_library({path: data}, made.editions[0].site.settings.languages[:1]))
    pages = {}
    for entry in read.entries.values():
        for before in made.editions:
            fresh = _with(before, entry)
            if fresh is None:
                continue
            assert isinstance(entry.record, Announcement)
            page = replace(announcement_page(fresh, entry.record), language=before.language.tag)
            tail = url_of(entry.record.name)
            others = [each for each in made.pages if each.url.endswith(tail) and each.path != page.path]
            told = versions([*others, page], made.editions)
            finished = renderer.render(page, told[page.url])
            if isinstance(finished, bytes):
                pages[page.path] = finished
    return pages


def _with(before: Edition, entry: Entry) -> Edition | None:
    """The edition with an announcement in the place of what it was; None where more than words has changed."""
    site, record = before.site, entry.record
    known = site.entries.get(record.name)
    if not isinstance(record, Announcement) or known is None or not isinstance(known.record, Announcement):
        return None
    old = known.record
    speakers = [[start.speaker for start in each.body.speakers] for each in (record, old)]
    same = record.path == old.path and record.date == old.date and speakers[0] == speakers[1]
    held = all(site.holds(reference.name) for reference in entry.references)
    if not same or not held or image_files(record).keys() != image_files(old).keys():
        return None
    name = record.name
    changed = replace(
        site,
        announcements={**site.announcements, name: record},
        entries={**site.entries, name: entry},
        quotes={**site.quotes, name: tuple(replace(each, announcement=record) for each in site.quotes_of(name))},
    )
    frame = before.frame
    return edition(changed, frame.style, frame.script, before.base, before.composer.album)[0]
