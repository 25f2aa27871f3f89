"""Invented exports of any size, one writer per format, for measuring how fast they are read.

A writer takes a path and a count of rows and stands in one of the dictionaries that are joined
here; nothing else is to be done. People are invented, texts are filler, and the same count gives
the same bytes every time.
"""

from benchmarks.exports import chats, devices, mail, networks, posts, tables, teams
from benchmarks.exports.forms import Form

WRITERS: dict[str, Form] = {
    **mail.FORMS,
    **tables.FORMS,
    **chats.FORMS,
    **teams.FORMS,
    **networks.FORMS,
    **posts.FORMS,
    **devices.FORMS,
}
"""Every format that is measured, by the word that asks for it."""
