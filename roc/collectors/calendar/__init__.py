"""Calendars: meetings with other people, from iCalendar files (``.ics``) and from CalDAV servers.

Texts are not read: a meeting is who met whom, and when.
"""

from roc.collectors.calendar.export import collect, recognises

__all__ = ["collect", "recognises"]
