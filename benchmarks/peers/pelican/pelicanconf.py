"""Settings of Pelican."""

SITENAME = "Benchmark Partnership"
TAGLINE = "Announcements of a partnership for life sciences"
SITEURL = "https://benchmark.example.org"
TIMEZONE = "Europe/London"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
PLUGIN_PATHS = ["."]
PLUGINS = ["profiles"]
DEFAULT_DATE_FORMAT = "%d %B %Y"
FORMATTED_FIELDS: list[str] = []

ARTICLE_PATHS = ["announcements"]
ARTICLE_URL = "announcements/{slug}/"
ARTICLE_SAVE_AS = "announcements/{slug}/index.html"
PAGE_PATHS = ["partners", "people", "topics"]
YEAR_ARCHIVE_URL = "announcements/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "announcements/{date:%Y}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "announcements", "partners", "people", "topics", "sitemap"]
ANNOUNCEMENTS_SAVE_AS = "announcements/index.html"
PARTNERS_SAVE_AS = "partners/index.html"
PEOPLE_SAVE_AS = "people/index.html"
TOPICS_SAVE_AS = "topics/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"announcements": 10}
PAGINATION_PATTERNS = (
    (1, "announcements/", "announcements/index.html"),
    (2, "announcements/page/{number}/", "announcements/page/{number}/index.html"),
)

FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
