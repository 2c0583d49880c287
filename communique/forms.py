"""Forms: the starting file of each kind, with a comment on every field. `CHECK:` marks what only a writer can know."""

from collections.abc import Collection, Iterator

from communique.fields import Many, Part, Spec, specs
from communique.frontmatter_writer import field
from communique.kinds import KINDS
from communique.values import Date, YesNo

MARK = "CHECK:"
_BODIES = {
    "announcement": f"{MARK} write the text here, in Markdown.\n",
    "partner": "<!-- The profile of the partner stands here, in Markdown. -->\n",
    "person": "<!-- A short biography stands here, in Markdown. -->\n",
    "topic": "<!-- What the topic covers stands here, in Markdown. -->\n",
    "page": "<!-- The text of the page stands here, in Markdown. -->\n",
}
# under which name a kind holds what it is called
_TITLES = frozenset(("title", "name"))


def form(kind: str, title: str, today: str, partner_kinds: Collection[str]) -> str:
    """The starting file of a record of a kind with this title; `today` is a day as it is written in a field."""
    lines = [
        f"# Lines that begin with `#` are comments. Fill in what {MARK[:-1]} marks; take the `#` away to use a field."
    ]
    of: type = KINDS[kind]
    for spec in specs(of):
        lines += ["", *_lines(spec, title, today, partner_kinds)]
    return "\n".join(["---", *lines, "---", "", _BODIES[kind]])


def _lines(spec: Spec, title: str, today: str, partner_kinds: Collection[str]) -> Iterator[str]:
    if spec.name == "draft":
        yield f"# {spec.says}: take the line away when everything is ready"
        yield "draft: true"
    elif not spec.required:
        yield from (f"# {line}" for line in _example(spec))
    else:
        yield f"# {spec.says}"
        if spec.name in _TITLES:
            yield from field(spec.name, title)
        elif isinstance(spec.type, Date):
            yield f"{spec.name}: {today}"
        elif isinstance(spec.type, Many):
            yield f"{spec.name}: []  # {MARK} {spec.says}, as [one, two]"
        elif spec.name == "kind":
            choice = ", ".join(partner_kinds) or spec.says
            yield f"{field('kind', next(iter(partner_kinds), 'organisation'))[0]}  # {MARK} which of {choice}"
        else:
            yield from field(spec.name, f"{MARK} {spec.says}")


def _example(spec: Spec) -> list[str]:
    """A field with what it is for in the place of its value."""
    if isinstance(spec.type, Part):
        return [f"{spec.name}:  # {spec.says}", *_group(spec.type, "  ")]
    if isinstance(spec.type, Many) and isinstance(spec.type.of, Part):
        first, *others = _group(spec.type.of, "    ")
        return [f"{spec.name}:  # {spec.says}", f"  - {first.strip()}", *others]
    if isinstance(spec.type, Many):
        return [f"{spec.name}: [one, two]  # {spec.says}"]
    if isinstance(spec.type, YesNo):
        return [f"{spec.name}: true  # {spec.says}"]
    return [f"{spec.name}: …  # {spec.says}"]


def _group(part: Part, indent: str) -> list[str]:
    return [
        f"{indent}{spec.name}: …  # {spec.says}{'' if spec.required else ' (not required)'}" for spec in specs(part.of)
    ]
