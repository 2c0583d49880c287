"""Comments (`<!-- … -->`): notes among writers, which no reader sees."""

import re

_CODE_OR_COMMENT = re.compile(r"(?P<code>(?<!`)(`+)(?!`).*?(?<!`)\2(?!`))|<!--.*?(?:-->|\Z)", re.DOTALL)


def without_comments(text: str) -> tuple[str, int | None]:
    """The text without its comments, line by line as before, and where a comment begins that does not end."""
    if "<!--" not in text:
        return text, None
    unended: list[int] = []

    def blank(match: re.Match[str]) -> str:
        if match["code"]:
            return match.group()
        if not match.group().endswith("-->"):
            unended.append(match.start())
        return "\n" * match.group().count("\n")

    return _CODE_OR_COMMENT.sub(blank, text), unended[0] if unended else None
