"""The page about the graph file is made from the tables, and its questions can be asked."""

import re
import sqlite3

import pytest

from roc.graph.store import Graph
from roc.graph.tables import metadata
from tests.graph_page import PAGE, PICTURE, ROOMS, picture, redrawn
from tests.stores import in_a_file

QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_page_and_its_picture_are_made_from_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == redrawn(page), "run: make tree"
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run: make tree"


def test_every_table_has_its_place_in_the_picture() -> None:
    assert sorted(name for _, names in ROOMS for name in names) == sorted(metadata.tables)


def test_every_table_and_column_says_what_it_is() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if not column.comment or not table.comment
    ]
    assert not silent


@in_a_file
@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_the_questions_on_the_page_are_answered(told_graph: Graph, question: str) -> None:
    """
    2026-01-02 10:00 me -> ana message
    2026-01-03 ana -> me, ben reply
    2026-01-04 me -> ana, ben dinner
    """
    with sqlite3.connect(told_graph.path) as connection:
        connection.execute("INSERT INTO place SELECT 2, id, 'other', NULL FROM source")
        connection.execute("UPDATE interaction SET places = 3")
        answers = connection.execute(question).fetchall()
    connection.close()
    assert answers
