"""English: the words that templates use, by name, and dates."""

from communique.moments import Moment

WORDS = {
    # the frame of every page
    "skip": "Skip to content",
    "menu": "Main menu",
    "breadcrumbs": "You are here",
    "press_contact": "Press contact",
    "this_site": "This site",
    "feeds": "Feeds",
    # kinds, as headings
    "announcements": "Announcements",
    "partners": "Partners",
    "people": "People",
    "topics": "Topics",
    "quotes": "Quotes",
    # lists
    "latest": "Latest announcements",
    "years": "Years",
    "pages": "Pages of this list",
    "no_announcements": "There are no announcements yet.",
    # an announcement
    "updated": "Updated",
    "dateline_comma": ", ",
    "dateline_dash": " — ",
    "ends": "Ends",
    "facts": "Facts",
    "as_of": "as of",
    "pictures": "Pictures",
    "events": "What happened when",
    "notes": "Notes to editors",
    "about": "About the partners",
    "contacts": "Press contacts",
    "source": "Source",
    "related": "Related announcements",
    "display_only": "Shown here only; not to be passed on",
    "correction": "Correction",
    "withdrawn": "Withdrawn",
    "withdrawn_title": "Withdrawn: {title}",
    "moved": "This announcement has moved",
    "withdrawn_means": "This announcement no longer stands. It is kept here as a record of what was said.",
    "printed_from": "This announcement on the web:",
    "files": "For the press",
    "kit": "Press kit: texts, quotes and pictures (ZIP)",
    "as_markdown": "This announcement as Markdown",
    "as_ninjs": "This announcement as news in JSON (ninjs)",
    # in a press kit
    "kit_of": "Press kit: {title}",
    "kit_markdown": "the announcement as Markdown",
    "kit_plain": "the announcement as plain text",
    "kit_quotes": "what was said, and by whom",
    "kit_without": "Not in this kit, since it may not be passed on; see the page of the announcement:",
    # profiles
    "also_known_as": "Also known as",
    "part_of": "Part of",
    "parts": "Organisations and places within it",
    "website": "Website",
    "together": "Announced together with",
    "boilerplate": "Boilerplate",
    "roles": "Roles",
    "follow": "Follow",
    # a wrong address
    "nothing_here": "There is nothing at this address. It may have moved, or it may have been mistyped.",
    "to_home": "To the home page",
    # composed by the engine
    "home": "Home",
    "timeline": "Timeline",
    "map": "Map",
    "search": "Search",
    "not_found": "Page not found",
    "page_of": "Page {number} of {count}",
    "newer": "Newer announcements",
    "older": "Older announcements",
    "all_years": "All years",
    "announcements_of_year": "Announcements of {year}",
    "feed_atom": "All announcements (Atom)",
    "feed_rss": "All announcements (RSS)",
    "feed_json": "All announcements (JSON Feed)",
    "feed_of": "Announcements: {name}",
    "place": "{city}, {country}",
    "languages": "Languages",
    "untranslated": "This page has not been translated yet. It is shown in {language}.",
    # the search
    "search_covers": "Search the announcements, partners, people, topics and pages of this site.",
    "search_for": "Search for words",
    "search_off": "The search needs JavaScript, which is off in this browser. The lists below lead to every page.",
    "search_failed": "The search could not be loaded. The lists below lead to every page.",
    "result_one": "{count} result",
    "result_other": "{count} results",
    "no_results": "Nothing was found. Fewer words, or only the beginnings of words, find more.",
    "more_results": "More results",
    "all_lists": "All lists",
    "one_page": "Page",
    "one_topic": "Topic",
    "one_person": "Person",
    "one_partner": "Partner",
    # the timeline and the map
    "list_of_timeline": "What happened when, the latest first. Each date is as precise as it is known.",
    "timeline_of_year": "Timeline of {year}",
    "in_the_course_of": "In the course of {date}",
    "earlier_years": "Earlier years",
    "list_of_map": "Who announces together with whom, and how often.",
    "map_legend": "A circle is a partner: the larger, the more announcements it takes part in; an empty one, none. "
    "A line joins two who announce together: the thicker, the more often. An outline holds an organisation and its "
    "parts.",
    "map_sign": "{name}: {count}",
    "map_selected": "The drawing shows the {count} partners with the most announcements, the table all of them.",
    "map_to_table": "To the table",
    "map_table": "The same as a table",
    "map_more": "and {count} more",
    "partner": "Partner",
    "no_partners": "There are no partners yet.",
    "since": "since {start}",
    "until": "until {end}",
    "period": "{start} to {end}",
    "announcement_one": "{count} announcement",
    "announcement_other": "{count} announcements",
    "list_of_announcements": "All announcements of the partners, the latest first.",
    "list_of_partners": "The organisations, offices, campuses and centres that take part.",
    "list_of_people": "The people who are named or quoted in the announcements.",
    "list_of_topics": "The subjects of the announcements.",
    "profile_of": "{name}: profile and announcements.",
}

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date(moment: Moment) -> str:
    """A date in words, as precise as it is known."""
    if not moment.month:
        return str(moment.year)
    month = MONTHS[moment.month - 1]
    return f"{moment.day} {month} {moment.year}" if moment.day else f"{month} {moment.year}"
