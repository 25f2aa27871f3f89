"""Tables: LinkedIn's, Reddit's, a CRM's, and plain ones."""

import json
import random
from pathlib import Path

from benchmarks.exports.forms import OWNER, Form, Somebody, filler, moment, somebody, texts
from roc.graph.records import Outcome


def linkedin_messages(path: Path, count: int) -> None:
    """LinkedIn's messages.csv as of 2026: all cells quoted, texts of 120 signs, some of them long.

    One message in ten is to a group, one text in ten has a line break and quotation marks.
    """
    dice = random.Random(4)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_LINKEDIN)
        for number in range(count):
            others = [somebody(dice)]
            if dice.randrange(10) == 0:
                others = _group(dice.randrange(300))
            sender = OWNER if dice.random() < 0.5 else dice.choice(others)
            to = [one for one in (OWNER, *others) if one != sender]
            text = filler(dice, 120 if dice.randrange(10) else 900)
            text = text.replace(" ", '\n""so"" ', 1) if dice.randrange(10) == 0 else text
            cells = [
                f"2-{others[0].number:08x}{len(others)}",
                "",
                sender.name,
                _profile(sender),
                ", ".join(one.name for one in to),
                ",".join(map(_profile, to)),
                f"{moment(number):%Y-%m-%d %H:%M:%S} UTC",
                "",
                text,
                "INBOX",
                "",
                "No",
                "No",
            ]
            file.write('"' + '","'.join(cells) + '"\n')


def linkedin_connections(path: Path, count: int) -> None:
    """LinkedIn's Connections.csv as of 2026."""
    dice = random.Random(5)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('Notes:\n"When exporting your connection data, you may notice"\n\n')
        file.write("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
        for number in range(1, count + 1):
            first, last = Somebody(number).name.split()
            where = f"{filler(dice, 12)} Ltd"
            told = f"{moment(number):%d %b %Y}"
            file.write(f'{first},{last},{_profile(Somebody(number))},,"{where}",Printer,{told}\n')


def table_by_row(path: Path, count: int) -> None:
    """A table with a kind for each row, which is read row by row."""
    dice = random.Random(6)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("from,to,at,id,kind\n")
        for number in range(count):
            who = f"{somebody(dice).address},{OWNER.address}"
            file.write(f"{who},{int(moment(number).timestamp())},{number}@x,message\n")


def json_lines(path: Path, count: int) -> None:
    """A table of JSON Lines, with a few keys that are not read."""
    dice = random.Random(8)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"id": f"{number}@x", "from": somebody(dice).address, "to": OWNER.address}
            more = {"at": int(moment(number).timestamp()), "text": filler(dice, 40), "likes": 3}
            file.write(json.dumps(row | more) + "\n")


def reddit_messages(path: Path, count: int) -> None:
    """Reddit's messages.csv as of 2025, beside the owner's name."""
    dice, text = random.Random(9), texts(9, 200)
    path.mkdir()
    (path / "statistics.csv").write_text(f"statistic,value\naccount name,{OWNER.handle}\n")
    with (path / "messages.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("id,permalink,thread_id,date,ip,from,to,subject,body\n")
        for number in range(count):
            who = [somebody(dice).handle, OWNER.handle]
            dice.shuffle(who)
            link = f"https://www.reddit.com/message/messages/{number:x}"
            at = f"{moment(number):%Y-%m-%d %H:%M:%S} UTC"
            file.write(f'{number:x},{link},,{at},,{who[0]},{who[1]},hello,"{text()}, so"\n')


def deals(path: Path, count: int) -> None:
    """HubSpot's table of deals, each with one to three people."""
    dice = random.Random(10)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HUBSPOT)
        for number in range(count):
            people = list(dict.fromkeys(somebody(dice) for _ in range(dice.randrange(1, 4))))
            told = ";".join(f"{one.full_name} ({one.address})" for one in people)
            ids = ";".join(str(10_000 + one.number) for one in people)
            begun, ended = moment(number), moment(number + 5_000)
            file.write(
                f"{number},Harbour {number},{dice.choice(_STAGES)},Sales,{dice.randrange(10**5)}.5,"
                f"{ended:%Y-%m-%d} 00:00,{begun:%Y-%m-%d %H:%M},{ended:%Y-%m-%d %H:%M},"
                f"Sam Sales,New Business,{told},{ids},Letter {number % 500},{number % 500}\n"
            )


def _group(number: int) -> list[Somebody]:
    return [Somebody(1 + (number * 7 + place * 301) % 2000) for place in range(2 + number % 4)]


def _profile(one: Somebody) -> str:
    return f"https://www.linkedin.com/in/{one.name.lower().replace(' ', '-')}-{one.number}"


_LINKEDIN = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO",'
    '"RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER","ATTACHMENTS",'
    '"IS MESSAGE DRAFT","IS CONVERSATION DRAFT"\n'
)
_HUBSPOT = (
    "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Last Modified Date,"
    "Deal owner,Deal Type,Associated Contact,Associated Contact IDs,Associated Company,"
    "Associated Company IDs\n"
)
_STAGES = ("Closed Won (Sales)", "Closed Lost", "Contract sent")

FORMS = {
    "linkedin-messages": Form("linkedin", "messages.csv", "messages", linkedin_messages),
    "linkedin-connections": Form("linkedin", "Connections.csv", "ties", linkedin_connections),
    "table-json-lines": Form("table", "table.jsonl", "rows", json_lines),
    "table-by-row": Form("table", "table.csv", "rows", table_by_row),
    "reddit": Form("reddit", "reddit", "messages", reddit_messages),
    "crm": Form("crm", "deals.csv", "deals", deals, (Outcome,)),
}
