"""Rendering: a page and its template give bytes. A template sees nothing but its page."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from communique.addresses import to_root
from communique.output import Page
from communique.problems import Place, Problem, did_you_mean
from communique.sandbox import Sandbox
from communique.sizes import Overrun
from communique.versions import alternates
from communique.views import Version

FOLDER = "templates/"
# the one attribute with several URLs
_SRCSET = re.compile(r' srcset="[^"]*"')
_ID = re.compile(r' id="([\w-]+)"')


class Renderer:
    """Renders pages by the templates of one site, given as texts by name."""

    def __init__(self, templates: Mapping[str, str], base_path: str) -> None:
        self.templates = templates
        self.base_path = base_path
        self.overrun: dict[str, Problem] = {}
        self.environment = Sandbox(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.templates.get(name)
        return None if source is None else (source, f"{FOLDER}{name}", lambda: True)

    def check(self) -> list[Problem]:
        """What cannot be understood in the templates, whether a page uses them or not."""
        problems = []
        for name in sorted(self.templates):
            fault = self._compile(name)
            if fault is not None:
                problems.append(fault)
        return problems

    def _compile(self, name: str) -> Problem | None:
        try:
            self.environment.get_template(name)
        except TemplateSyntaxError as error:
            return self._syntax(error, name)
        except TemplateNotFound:
            return None
        except Exception as error:
            # Python itself refuses what Jinja made: too deep, too many loops, a number of too many digits
            message = f"the template cannot be understood: {_sentence(error)}"
            return Problem(Place(f"{FOLDER}{name}", 1, 1), "E502", message, "make it simpler")
        return None

    def render(self, page: Page, versions: Sequence[Version] = ()) -> bytes | Problem:
        """The bytes of a page, which has these versions in the site's languages, or the problem in its template."""
        if page.template in self.overrun:
            return self.overrun[page.template]
        context = {**page.context(), "versions": versions, "alternates": tuple(alternates(versions))}
        try:
            text = self.environment.page(page.template, context)
            return relative(text, self.base_path if page.absolute else to_root(page.url)).encode()
        except TemplateSyntaxError as error:
            return self._syntax(error, page.template)
        except TemplateNotFound as error:
            return self._missing(page, error)
        except TemplateError as error:
            return self._failure("E501", page, error, [*context, *(f"t.{word}" for word in context["t"])])
        except Overrun as error:
            # the other pages of this template would take as long
            self.overrun[page.template] = replace(self._failure("E503", page, error), help="make the template simpler")
            return self.overrun[page.template]
        except Exception as error:
            # an expression can raise anything, and so can the compiling of a template that is included
            broken = next((fault for name in sorted(self.templates) if (fault := self._compile(name))), None)
            return broken or self._failure("E503", page, error)

    def gist(self, page: Page) -> bytes:
        """The texts of a page, and the ids that templates give, without a template: for a page that cannot be made."""
        ids = {id for source in self.templates.values() for id in _ID.findall(source)}
        texts = [*_texts(page.context().values()), *(f'<p id="{id}">' for id in sorted(ids))]
        return relative("".join(texts), self.base_path if page.absolute else to_root(page.url)).encode()

    def _missing(self, page: Page, error: TemplateNotFound) -> Problem:
        wanted = str(error.name or page.template)
        problem = self._failure("E502", page, error)
        help = did_you_mean(wanted, self.templates, f"add {FOLDER}{wanted}")
        return Problem(problem.place, "E502", f"there is no template `{wanted}`", help)

    def _syntax(self, error: TemplateSyntaxError, name: str) -> Problem:
        named = error.name or name
        # some errors of Jinja's lexer give the path in the place of the name
        named = named if named in self.templates else named.removeprefix(FOLDER)
        place = Place(f"{FOLDER}{named}", error.lineno, 1)
        return Problem(place, "E502", f"the template cannot be understood: {_sentence(error)}")

    def _failure(self, code: str, page: Page, error: Exception, known: Sequence[str] = ()) -> Problem:
        message = _sentence(error)
        place = self._place(error, page.template, message)
        help = f"it happened while {page.url} was made"
        if code == "E501":
            name = re.search(r"'([^']*)' is undefined$", message) or re.search(r"has no attribute '([^']*)'$", message)
            if name:
                help = did_you_mean(name[1], known, help)
        return Problem(place, code, f"the template fails: {message}", help)

    def _place(self, error: Exception, template: str, message: str) -> Place:
        place = Place(f"{FOLDER}{template}", 1, 1)
        passed: Counter[Place] = Counter()
        trace = error.__traceback__
        while trace is not None:
            path = trace.tb_frame.f_code.co_filename
            if path.removeprefix(FOLDER) in self.templates:
                place = Place(path, trace.tb_lineno, 1)
                passed[place] += 1
            trace = trace.tb_next
        if isinstance(error, RecursionError) and passed:
            # the last place is wherever the stack was full; the one that goes round is passed most often
            place = passed.most_common(1)[0][0]
        word = re.findall(r"'([^']*)'", message)
        lines = self.templates.get(place.path.removeprefix(FOLDER), "").split("\n")
        if word and 0 < place.line <= len(lines):
            found = re.search(rf"(?<!\w){re.escape(word[-1])}(?!\w)", lines[place.line - 1])
            place = place._replace(column=found.start() + 1 if found else 1)
        return place


def _texts(values: Iterable[object]) -> Iterator[str]:
    """The finished HTML among values, and among the values inside them."""
    for value in values:
        if isinstance(value, Markup):
            yield str(value)
        elif is_dataclass(value) and not isinstance(value, type):
            yield from _texts(getattr(value, each.name) for each in fields(value))
        elif isinstance(value, Mapping):
            yield from _texts(value.values())
        elif isinstance(value, list | tuple):
            yield from _texts(value)


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def relative(text: str, root: str) -> str:
    """A page whose URLs begin at the site's root, with that root written as the way to it."""
    text = text.replace('="/', f'="{root}')
    if ' srcset="' in text:
        text = _SRCSET.sub(lambda match: match[0].replace(", /", f", {root}"), text)
    return text
