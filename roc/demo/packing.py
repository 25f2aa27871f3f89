"""Zips whose bytes depend on nothing but their content."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def packed(files: Mapping[str, str], day: date) -> bytes:
    """A zip of texts, all dated on one day.

    Args:
        files: each file's text by its name.
        day: the date that every file in the zip carries.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the zip would tell on which system it was made
            archive.writestr(entry, text)
    return stream.getvalue()
