"""Archives: ZIP files whose bytes are the same wherever they are made."""

import io
from collections.abc import Mapping
from datetime import date
from zipfile import ZIP_STORED, ZipFile, ZipInfo

# the years that the format can tell
_YEARS = (1980, 2107)
_UNIX, _FILE = 3, 0o644 << 16


def archive(files: Mapping[str, bytes], day: date) -> bytes:
    """The bytes of a ZIP file of these files in this order, each dated with the day. Nothing is compressed: compressors
    differ from machine to machine."""
    made = io.BytesIO()
    when = (min(max(day.year, _YEARS[0]), _YEARS[1]), day.month, day.day, 0, 0, 0)
    with ZipFile(made, "w", ZIP_STORED) as target:
        for path, data in files.items():
            member = ZipInfo(path, when)
            member.create_system = _UNIX
            member.external_attr = _FILE
            target.writestr(member, data)
    return made.getvalue()
