"""JSON Schemas of site.yaml and of each kind's front matter, for editors; made from the definitions that checks use."""

from typing import Any

from communique.fields import FAIL_CLOSED, Many, Part, Spec, specs
from communique.kinds import KINDS
from communique.made_from import FIELD
from communique.names import FOLDERS
from communique.settings import (
    Colour,
    ContactType,
    Kinds,
    LanguageTag,
    Localised,
    Menu,
    MenuEntry,
    Palette,
    Settings,
    Zone,
)
from communique.values import Date, Instant, Line, Passage, Slug, Source, Spot, Type, Web, Whole, YesNo

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
# what an editor takes for a number or a yes is a text to us
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_DAY = r"\d{4}-\d{2}-\d{2}"
_INSTANT = _DAY + r"[Tt ]\d{2}:\d{2}(:\d{2})?\s*([Zz]|[+-]\d{2}:?\d{2})"
_TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$"
_LOCAL: Schema = {
    "anyOf": [
        _TEXT,
        {"type": "object", "patternProperties": {_TAG: _TEXT}, "additionalProperties": False, "minProperties": 1},
    ]
}


def schemas() -> dict[str, Schema]:
    """All schemas, by the name of their file: one for site.yaml, two for each kind – records and translations."""
    found = {"site": _whole(Settings, "site.yaml")}
    for kind, of in KINDS.items():
        found[kind] = _whole(of, f"front matter of {'an' if kind[0] in 'aeiou' else 'a'} {kind}")
        found[f"{kind}.translation"] = _translation(found[kind], kind)
    return found


def patterns() -> dict[str, list[str]]:
    """Which files a schema is for, by its name: patterns of paths; one that begins with `!` excludes."""
    found = {"site": ["site.yaml"]}
    for folder, kind in FOLDERS.items():
        # a slug has no dots, so two dots tell a translation
        translations = f"content/{folder}/**/*.*.md"
        found[kind] = [f"content/{folder}/**/*.md", f"!{translations}"]
        found[f"{kind}.translation"] = [translations]
    return found


def _whole(of: type, title: str) -> Schema:
    return {"$schema": DIALECT, "title": title, **_object(of)}


def _translation(original: Schema, kind: str) -> Schema:
    """What differs, so nothing is required, and the note of what it was made from."""
    whole = _partial(original)
    whole["properties"][FIELD] = {"description": "written by `translate`", **_TEXT}
    return {**whole, "title": f"front matter of a translation of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"}


def _partial(schema: Any) -> Any:
    """A schema in which no field is required, not even inside of groups: an original holds the rest."""
    if isinstance(schema, dict):
        return {key: _partial(value) for key, value in schema.items() if key != "required" or isinstance(value, dict)}
    return [_partial(each) for each in schema] if isinstance(schema, list) else schema


def _object(of: type) -> Schema:
    known = specs(of)
    required = [spec.name for spec in known if spec.required]
    found: Schema = {
        "type": "object",
        "properties": {spec.name: _property(spec) for spec in known},
        "additionalProperties": False,
    }
    return {**found, "required": required} if required else found


def _property(spec: Spec) -> Schema:
    schema = _schema(spec.type)
    # an optional field that is still empty is no fault, unless it withholds
    if not spec.required and not isinstance(spec.type, FAIL_CLOSED) and spec.name != "questions":
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"description": spec.says, **schema}


def _schema(of: Type) -> Schema:
    match of:
        case Many():
            return {"type": "array", "items": _schema(of.of)}
        case ContactType():
            return {"anyOf": [_TEXT, _object(of.of)]}
        case Part():
            return _object(of.of)
        case YesNo():
            return {"type": "boolean"}
        case Whole():
            return {"type": "integer", "minimum": of.least, "maximum": of.most}
        case Date(partial=True):
            day = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
            return {"anyOf": [day, {"type": "integer", "minimum": 1000, "maximum": 9999}]}
        case Date():
            return {"type": "string", "pattern": f"^({_DAY}|{_INSTANT})$"}
        case Instant():
            return {"type": "string", "pattern": f"^{_INSTANT}$"}
        case Web():
            return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}
        case Localised():
            return _LOCAL
        case LanguageTag():
            return {"type": "string", "pattern": _TAG}
        case Colour():
            return {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
        case Menu():
            return {"anyOf": [_TEXT, _object(MenuEntry)]}
        case Kinds():
            return {"anyOf": [{"type": "array", "items": _TEXT}, {"type": "object", "additionalProperties": _LOCAL}]}
        case Palette():
            names = {"^[a-z][a-z0-9-]*$": _schema(Colour())}
            return {"type": "object", "patternProperties": names, "additionalProperties": False}
        case Line() | Passage() | Spot() | Slug() | Source() | Zone():
            return _TEXT
    raise TypeError(of)
