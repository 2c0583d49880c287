"""The codes of all problems: permanent names, their severity and one line each."""

from typing import NamedTuple


class Code(NamedTuple):
    """What a code stands for; `severity` is `error` or `warning`."""

    severity: str
    title: str


def _error(title: str) -> Code:
    return Code("error", title)


def _warning(title: str) -> Code:
    return Code("warning", title)


CODES = {
    # files
    "E101": _error("a file is not UTF-8 text"),
    "E102": _error("front matter is missing or does not end"),
    "E103": _error("front matter is not valid YAML"),
    "E104": _error("a field is given twice"),
    "E105": _error("front matter uses YAML anchors, aliases, tags or merge keys"),
    "E106": _error("a file is too large or nested too deeply"),
    "E107": _error("a file holds control characters"),
    "E108": _error("a file name cannot become a slug"),
    "E109": _error("a file in content/ is of no known kind"),
    "E110": _error("something in the site folder is no plain file"),
    "E111": _error("site.yaml is missing"),
    "E112": _error("a translation has no original"),
    "E113": _error("a field that withholds stands in a text"),
    # fields
    "E201": _error("a required field is missing"),
    "E202": _error("a value has the wrong form"),
    "E203": _error("a field is not known"),
    "E204": _error("a date does not exist or is not written as a date"),
    "E205": _error("a time has no offset or does not exist"),
    "E206": _error("a yes or no is not written `true` or `false`"),
    "E207": _error("a value is not one of those that are possible"),
    "E208": _error("a required value is empty"),
    "W201": _warning("a colour can hardly be read"),
    # references
    "E301": _error("a record that is mentioned does not exist"),
    "E302": _error("a link leads to no record"),
    "E303": _error("a link leads to a place that the page does not have"),
    "E304": _error("the speaker of a quote is not known"),
    "E305": _error("a link has a dangerous or unknown scheme"),
    "E306": _error("an image does not exist"),
    "E307": _error("an image has no alternative text"),
    "E308": _error("an image cannot be read"),
    "E309": _error("something public mentions something withheld"),
    "E310": _error("organisations belong to each other in a circle"),
    "W103": _warning("a file in content/ is not used"),
    "E311": _error("a comment does not end"),
    "W301": _warning("a block quote has no speaker"),
    "W302": _warning("raw HTML is shown as text"),
    "W303": _warning("a record is not reached from any announcement or page"),
    "W304": _warning("a name belongs to several records"),
    "W305": _warning("a footnote has no text"),
    "W306": _warning("a name is written in a form that is not to be used"),
    "W307": _warning("a name is nearly one that is known"),
    "W308": _warning("an announcement of a later day is public already"),
    "E312": _error("the words of a public text changed after it was signed off"),
    "W309": _warning("the words of an embargoed text changed after it was signed off"),
    # addresses
    "E401": _error("two records want one URL"),
    "E402": _error("an address is not possible"),
    "W401": _warning("a public URL would vanish"),
    # what is left over in a text
    "W801": _warning("letters or stops of two scripts are mixed"),
    "W802": _warning("two words are glued together"),
    "W803": _warning("words of a web page are left in a text"),
    "W804": _warning("a headline or paragraph is repeated"),
    "W805": _warning("quoted words have no speaker"),
    "W806": _warning("somebody goes on speaking who was not introduced"),
    "W807": _warning("a date depends on when it is read"),
    "W808": _warning("a day has no year"),
    "W809": _warning("quotation marks do not fit each other"),
    "W810": _warning("an invisible sign or fixed space is in a text"),
    "W811": _warning("something is still to be filled in"),
    "W812": _warning("a comment allows no rule, or gives no reason"),
    # templates
    "E501": _error("a template uses a name that does not exist"),
    "E502": _error("a template cannot be understood"),
    "E503": _error("a template fails"),
    # finished pages
    "E601": _error("a finished page has a dead link"),
    "E602": _error("an id stands twice on a page"),
    "E603": _error("a finished page holds dangerous markup"),
    "E604": _error("an image on a finished page has no alternative text"),
    "E605": _error("a finished file is ill-formed"),
    "E607": _error("something withheld is in a finished file"),
    "E608": _error("an archive is too large or too deep to be looked through"),
    "W601": _warning("a file cannot be looked through"),
    "E606": _error("a finished page loads something from elsewhere"),
    "E609": _error("versions of a page in several languages do not name each other"),
    # translations
    "W701": _warning("a translation gives another number or date"),
    "W702": _warning("a translation quotes otherwise"),
    "W703": _warning("a translation has other links or images"),
    "W704": _warning("a translation is built otherwise"),
    "W705": _warning("a difference of a translation is allowed without a reason"),
    "W706": _warning("the original of a translation has changed"),
    "W707": _warning("a translation shows before its original"),
}
