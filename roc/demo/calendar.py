"""The invented network's calendar, as one iCalendar file."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from roc.demo.acts import Meeting
from roc.demo.cast import ME, person
from roc.demo.world import World

_ZONE = ZoneInfo("Europe/Lisbon")


def ics(world: World, last_day: date) -> bytes:
    """All meetings with their series, guests and answers.

    Args:
        world: what happened.
        last_day: the day on which the calendar was exported.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Return on Connections//invented network//EN")
    calendar.add("version", "2.0")
    stamp = datetime.combine(last_day, time(18), UTC)
    for meeting in world.meetings:
        calendar.add_component(_event(meeting, stamp))
    calendar.add_missing_timezones(
        first_date=last_day - timedelta(days=800), last_date=last_day + timedelta(days=400)
    )
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.key}@calendar.example")
    event.add("dtstamp", stamp)
    event.add("dtstart", meeting.start.replace(tzinfo=_ZONE))
    event.add("dtend", (meeting.start + timedelta(minutes=meeting.minutes)).replace(tzinfo=_ZONE))
    event.add("summary", meeting.title)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("organizer", _guest(ME, "ACCEPTED"))
    for key in (ME, *meeting.guests):
        event.add("attendee", _guest(key, "DECLINED" if key in meeting.declined else "ACCEPTED"))
    if meeting.room:
        event.add("attendee", _room())
    if meeting.every_weeks:
        event.add("rrule", _rule(meeting))
    for day in meeting.left_out:
        at = datetime.combine(day, meeting.start.time(), _ZONE)
        event.add("exdate", at)
    return event


def _rule(meeting: Meeting) -> dict[str, str | int | datetime]:
    rule: dict[str, str | int | datetime] = {"freq": "weekly", "interval": meeting.every_weeks}
    if meeting.last is not None:
        rule["until"] = datetime.combine(meeting.last, time(23, 59), UTC)
    return rule


def _guest(key: str, answer: str) -> vCalAddress:
    guest = vCalAddress(f"mailto:{person(key).address}")
    guest.params["CN"] = person(key).name
    guest.params["PARTSTAT"] = answer
    guest.params["ROLE"] = "REQ-PARTICIPANT"
    return guest


def _room() -> vCalAddress:
    room = vCalAddress("mailto:room-rua-4@duartelim.example")
    room.params["CN"] = "Room 4"
    room.params["CUTYPE"] = "ROOM"
    room.params["PARTSTAT"] = "ACCEPTED"
    return room
