"""What is peculiar to git: histories wherever they lie, trailers, repositories that are traps."""

import os
import shutil
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from roc.collectors import git
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.git.acts import MAX_AUTHORS, Acts
from roc.collectors.git.commits import commit
from roc.collectors.git.history import MAX_COMMIT, Entry
from roc.collectors.git.mailmap import Mailmap
from roc.collectors.git.trailers import MAX_TRAILERS
from roc.errors import BrokenExport, CollectError
from roc.graph.records import AccountSeen, Interaction, Nature, Precision, Problem, Record
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.making_git import (
    ANA,
    ATLAS,
    BEN,
    CHIDI,
    DARA,
    GITHUB,
    SAMPLE,
    Made,
    bundle,
    repository,
    run,
)
from tests.collectors.reading import acts

read = partial(reading.read, "git")
recognised = partial(reading.recognised, "git")

TAKEN_IN = Made(BEN, "Draw the coast", committer=ANA)


def told(text: str, author: str = ANA, committer: str = ANA, mailmap: str = "") -> list[str]:
    """What one commit says, as ``ana ENDORSEMENT ben``."""
    head = f"1a\ntree 2b\nauthor {author} 1767603600 +0100\ncommitter {committer} 1767603600 +0100"
    found = Acts(Mailmap(mailmap.encode())).of(commit(Entry("1a", head.encode(), text.encode())))
    return [_line(act) for act in acts(found)]


def _line(act: Interaction) -> str:
    others = ", ".join(_short(one.handle) for one in act.recipients)
    return f"{_short(act.sender.handle)} {act.kind} {others}"


def _short(handle: str) -> str:
    return handle.removesuffix("@example.org")


def seen(records: list[Record]) -> dict[str, AccountSeen]:
    return {str(one.account): one for one in records if isinstance(one, AccountSeen)}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("made") / "atlas.git", *ATLAS)


def test_the_sample_is_made_by_the_script_beside_it(atlas: Path) -> None:
    heads = run(SAMPLE.parent, "bundle", "list-heads", str(SAMPLE)).split("\n")
    assert set(run(atlas, "show-ref", "--heads").split("\n")) <= set(heads)


def test_a_history_reads_alike_wherever_it_lies(atlas: Path, tmp_path: Path) -> None:
    work = tmp_path / "work" / "atlas"
    run(tmp_path, "clone", "-q", str(atlas), str(work))
    further = tmp_path / "further"
    run(work, "worktree", "add", "-q", "-b", "walk", str(further))
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as saved:
        saved.write(SAMPLE, "saved/atlas.bundle")
    known = {act.external_id for act in acts(read(SAMPLE))}
    for place in (atlas, work, work.parent, further, tmp_path / "saved.zip"):
        assert recognised(place), place
        assert {act.external_id for act in acts(read(place))} == known, place


def test_a_folder_below_a_working_copy_is_no_repository(tmp_path: Path) -> None:
    repository(tmp_path / ".git", TAKEN_IN)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "HEAD").write_text("of the table")
    (tmp_path / "readme").write_text("to be read")
    assert recognised(tmp_path)
    assert not recognised(tmp_path / "notes")
    assert not recognised(tmp_path / "readme")


def test_a_repository_in_a_zip_is_told_to_be_unpacked(atlas: Path, tmp_path: Path) -> None:
    for top in ("atlas/.git", "atlas"):
        with zipfile.ZipFile(tmp_path / "atlas.zip", "w") as packed:
            for name in ("HEAD", "objects/info/packs", "refs/heads/main"):
                packed.writestr(f"{top}/{name}", "")
        with open_export(tmp_path / "atlas.zip") as export:
            assert "unpack it" in git.resembles(export)
            assert not git.recognises(export)
    with open_export(atlas) as export:
        assert git.resembles(export) == ""


def test_a_change_that_was_moved_is_vouched_for_once_and_taken_in_as_often_as_it_was(
    tmp_path: Path,
) -> None:
    first = Made(BEN, f"Coast\n\nReviewed-by: {CHIDI}", committer=ANA, taken=6)
    again = Made(BEN, f"Coast\n\nReviewed-by: {CHIDI}", committer=ANA, taken=9, branch="release")
    found = acts(read(repository(tmp_path / "a.git", first, again)))
    assert sorted(_line(act) for act in found) == [
        "ana repost ben",
        "ana repost ben",
        "chidi endorsement ben",
    ]


def test_a_rebased_history_gives_the_same_ids_to_what_was_said_of_it(tmp_path: Path) -> None:
    text = f"Coast\n\nReviewed-by: {CHIDI}"
    before = read(repository(tmp_path / "a.git", Made(ANA, text)))
    after = read(repository(tmp_path / "b.git", Made(ANA, "Begin"), Made(ANA, text, taken=20)))
    assert acts(before) == acts(after)


TIDES = (Made(ANA, "Begin"), Made(BEN, "Tides", 6, branch="tides", begun="main"))


def merged(folder: Path, text: str, *before: Made, day: int = 9, committer: str = ANA) -> list[str]:
    """What a history says in which Ana merges what Ben wrote."""
    merge = Made(ANA, text, day, committer, merged="tides")
    return [_line(act) for act in acts(read(repository(folder, *TIDES, *before, merge)))]


@pytest.mark.parametrize(
    "text",
    [
        "Merge pull request #3 from ben/tides",
        "Merged in tides (pull request #3)",
        "Merge tag 'tides' of https://example.org/ben",
        "Merge branch 'tides'\n\nSee merge request ana/atlas!3",
    ],
)
def test_a_request_that_was_merged_is_taken_in(text: str, tmp_path: Path) -> None:
    assert merged(tmp_path / "a", text, committer=GITHUB) == ["ana repost ben"]


def test_a_merge_that_nobody_asked_for_is_no_act(tmp_path: Path) -> None:
    assert merged(tmp_path / "a", f"Merge branch 'tides'\n\nReviewed-by: {CHIDI}") == []


@pytest.mark.parametrize(
    "text",
    [
        f"Merged in tides (pull request #3)\n\nTides\n\nApproved-by: {CHIDI}",
        f"Merge branch 'tides'\n\nSee merge request ana/atlas!3\n\nApproved-by: {CHIDI}",
        f"Merge pull request #3\n\nCo-authored-by: {DARA}\nReviewed-by: {CHIDI}",
    ],
)
def test_what_a_merge_says_is_said_of_what_is_merged(text: str, tmp_path: Path) -> None:
    assert merged(tmp_path / "a", text) == ["ana repost ben", "chidi endorsement ben"]


def test_bringing_a_branch_up_to_date_is_nobodys_work_to_be_taken_in(tmp_path: Path) -> None:
    up_to_date = Made(CHIDI, "Merge branch 'main' into tides", 7, GITHUB, branch="tides")
    more = Made(ANA, "More", 6)
    text = "Merge pull request #3 from ben/tides"
    found = merged(tmp_path / "a", text, more, replace(up_to_date, merged="main"))
    assert found == ["ana repost ben"]


@pytest.mark.parametrize("is_updated", [False, True])
def test_a_merge_before_what_it_merges_by_a_wrong_clock_is_taken_in(
    is_updated: bool, tmp_path: Path
) -> None:
    up_to_date = Made(CHIDI, "Merge branch 'main' into tides", 30, branch="tides", merged="main")
    more = (Made(ANA, "More", 6), up_to_date) if is_updated else ()
    text = f"Merge pull request #3 from ben/tides\n\nReviewed-by: {CHIDI}"
    assert merged(tmp_path / "a", text, *more, day=4) == ["ana repost ben", "chidi endorsement ben"]


def test_who_signed_and_committed_took_it_in_once_however_others_passed_it_on(
    tmp_path: Path,
) -> None:
    text = f"Coast\n\nSigned-off-by: {CHIDI}"
    first = Made(BEN, text, 6, CHIDI, 7)
    again = Made(BEN, f"{text}\nSigned-off-by: {DARA}", 6, DARA, 9, branch="stable")
    by_button = Made(BEN, text, 6, GITHUB, 8, branch="topic")
    found = acts(read(repository(tmp_path / "a.git", first, again, by_button)))
    assert [_line(act) for act in found] == ["chidi repost ben", "dara repost ben"]
    (alone,) = acts(read(repository(tmp_path / "b.git", first)))
    assert (alone.external_id, alone.precision) == (found[0].external_id, Precision.INSTANT)


def test_trailers_say_who_vouched_who_helped_and_who_passed_it_on() -> None:
    text = (
        f"Coast\n\nReviewed-by: {BEN}\nTESTED-BY: {BEN}\nreported-and-tested-by: {CHIDI}\n"
        f"Signed-off-by: {DARA}\nSigned-off-by: {ANA}\nCc: {BEN}\nFixes: 1a2b\n"
    )
    assert told(text) == [
        "ben endorsement ana",
        "ana thanks chidi",
        "chidi endorsement ana",
        "dara repost ana",
    ]


def test_who_wrote_together_share_in_it_and_are_vouched_for_together() -> None:
    text = f"Coast\n\nCo-authored-by: {BEN}\nCo-Developed-By: {CHIDI}\nReviewed-by: {DARA}\n"
    assert told(text) == [
        "ana endorsement ben, chidi",
        "ben endorsement ana, chidi",
        "chidi endorsement ana, ben",
        "dara endorsement ana, ben, chidi",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Reviewed-by: {BEN}",  # a subject
        f"Coast\n\nReviewed-by: {BEN}\n\nThe end.",  # not in the last paragraph
        f"Coast\n\n> Reviewed-by: {BEN}",  # quoted
        "Coast\n\nReviewed-by: Ben",  # told by name alone
        f"Coast\n\nReviewed-by: {ANA}",  # one's own
        f"Coast\n\nReviewed-by: Ana <ANA@example.org>\nThanked-by: {BEN}",  # no word we know
    ],
)
def test_what_is_no_trailer_or_names_nobody_else_is_no_act(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Reported-by: {BEN}, {CHIDI}",
        f"Reported-by: {BEN},\n  {CHIDI}",
        f"Reported-by: Ben\n <ben@example.org>\nReported-by: {CHIDI}",
        f"Reported-by: {BEN}\n\nReported-by: {CHIDI}",
        f"Reported-by: {BEN}\n\nCloses #2\n\n---------\n\nReported-by: {CHIDI}\n\nFixes: #3",
        f"Reported-by: {BEN}\n[ana: in ink]\n\n(cherry picked from 1a)\nReported-by: {CHIDI}",
    ],
)
def test_everybody_in_the_closing_paragraphs_counts(text: str) -> None:
    assert told(f"Coast\n\nIt was missing.\n\n{text}") == ["ana thanks ben", "ana thanks chidi"]


def test_joint_words_of_any_number_count_each() -> None:
    text = f"Coast\n\nReported-tested-and-acked-by: {BEN}\nNot-yet-acked-by: {CHIDI}"
    assert told(text) == ["ana thanks ben", "ben endorsement ana"]


@pytest.mark.parametrize("word", ["Author", "Authored-by"])
def test_a_commit_that_names_its_author_was_taken_in_by_who_made_it(word: str) -> None:
    text = f"Coast\n\n{word}: {BEN}\nReviewed-by: {CHIDI}\nReported-by: {DARA}"
    said = ["chidi endorsement ben", "ben thanks dara"]
    assert told(text) == ["ana repost ben", *said]
    assert told(text, committer=GITHUB) == ["ana repost ben", *said]
    both = told(f"Coast\n\n{word}s: {BEN}, {ANA}".replace("bys", "by"))
    assert both == ["ben endorsement ana", "ana endorsement ben"]


def test_trailers_above_the_line_that_subversion_left_are_read() -> None:
    below = "git-svn-id: https://example.org/svn@7 0a1b"
    assert told(f"Coast\r\n\r\nReviewed-by: {BEN}\r\n\r\n{below}") == ["ben endorsement ana"]


def test_a_team_named_as_authors_is_not_taken_for_hundreds_of_acts() -> None:
    team = "\n".join(f"Co-authored-by: P {n} <p{n}@example.org>" for n in range(MAX_AUTHORS))
    assert told(f"Coast\n\n{team}") == []
    crowd = "\n".join(f"Reviewed-by: P {n} <p{n}@example.org>" for n in range(9999))
    assert len(told(f"Coast\n\n{crowd}")) == MAX_TRAILERS


def test_a_mailmap_ties_addresses_and_leaves_no_act_between_them() -> None:
    mailmap = "Ana Lopez <ana@example.org> <al@old.example>  # since 2020\nBroken <\n<b@c> junk\n"
    assert told("Coast", "ana <al@old.example>", ANA, mailmap) == []
    assert told("Coast", "ana <al@old.example>", ANA) == ["ana repost al@old.example"]


def test_a_mailmap_for_one_name_leaves_others_at_that_address_alone() -> None:
    mailmap = "Ana Lopez <ana@example.org> ana <crew@example.org>\n"
    assert told("Coast", "ANA <crew@example.org>", BEN, mailmap) == ["ben repost ana"]
    assert told("Coast", "Chidi <crew@example.org>", BEN, mailmap) == ["ben repost crew"]


def test_a_mailmap_of_two_lines_for_one_address_keeps_what_each_says() -> None:
    lines = ("<ana@example.org> <ana@old.example>\n", "Ana Lopez <ana@old.example>\n")
    for mailmap in (lines[0] + lines[1], lines[1] + lines[0]):
        assert Mailmap(mailmap.encode()).mapped("ana", "ana@old.example") == (
            *("Ana Lopez", "ana@example.org", False),
        )


def test_what_is_shared_has_the_same_id_whatever_the_mailmap_says() -> None:
    head = b"1a\nauthor ana <crew@example.org> 1767603600 +0\ncommitter Ana <crew@example.org>"
    head += b" 1767603600 +0"
    entry = Entry("1a", head, f"Coast\n\nCo-authored-by: {BEN}".encode())
    mailmap = b"Ana Lopez <ana@example.org> ana <crew@example.org>\n"
    ids = [
        {act.external_id for act in acts(Acts(Mailmap(each)).of(commit(entry)))}
        for each in (b"", mailmap)
    ]
    assert ids[0] == ids[1]


def test_people_are_known_by_the_most_that_a_commit_tells(tmp_path: Path) -> None:
    names = (
        "Ben <12+Ben@users.noreply.github.com>",
        "Chidi <34-chidi.o@users.noreply.gitlab.com>",
        "dara <dara@0a1b2c3d-0000-1111-2222-333344445555>",
        "Eve  \x1b[31mOkoro <root@localhost>",
        "Ana's robot <build@example.org>",
    )
    commits = [Made(name, f"Change {number}", committer=ANA) for number, name in enumerate(names)]
    found = seen(read(repository(tmp_path / "a.git", *commits)))
    assert list(map(str, found["email:12+ben@users.noreply.github.com"].same_as)) == ["github:ben"]
    by_gitlab = found["email:34-chidi.o@users.noreply.gitlab.com"]
    assert list(map(str, by_gitlab.same_as)) == ["gitlab:chidi.o"]
    assert "git:dara@0a1b2c3d-0000-1111-2222-333344445555" in found
    assert "git:name:eve [31mokoro" in found
    assert found["email:build@example.org"].nature is Nature.BOT


@pytest.mark.parametrize(
    "other",
    [
        "ana <12+anita@users.noreply.github.com>",
        "Ana <ana@laptop>",
        "Ana <root@laptop.local>",
        "ana <ana@work.example>",
    ],
)
def test_who_goes_by_one_name_is_not_taken_for_two(other: str) -> None:
    assert told(f"Coast\n\nCo-authored-by: {other}") == []
    assert told("Coast", ANA, other) == []


@pytest.mark.parametrize(
    "who",
    [
        "syzbot <syzbot+1a2b@syzkaller.appspotmail.com>",
        "syzbot+1a2b@syzkaller.appspotmail.com",
        "Chromium LUCI CQ <chromium-scoped@luci-project-accounts.iam.gserviceaccount.com>",
        "Gerrit Code Review <review@openstack.org>",
        "Copybara-Service <copybara-worker@google.com>",
        "bors <bors@example.org>",
        "Zuul <zuul@example.org>",
        "GitHub Action <action@github.com>",
        "Copilot <198982749+Copilot@users.noreply.github.com>",
        "Cursor <cursoragent@cursor.com>",
        "Codex <codex@openai.com>",
        "Gemini CLI <gemini-cli@google.com>",
        "Assistant <noreply@assistant.example>",
        "Facebook GitHub Bot <facebook-github-bot@users.noreply.github.com>",
        "k8s-ci-robot <k8s@example.org>",
        "kernel test robot <lkp@intel.com>",
        "Jenkins CI <jenkins@example.org>",
        "root <root@ci.example>",
    ],
)
def test_programs_that_take_part_are_no_people(who: str) -> None:
    assert _natures(who) == [Nature.BOT]


@pytest.mark.parametrize(
    "who",
    [
        "Ben Okoro <github@ben.example>",
        "Chidi <info@chidi.example>",
        "Dara <root@dara.example>",
        "Eve Okoro <hello@eve.example>",
        "Eve Okoro <news@eve.example>",
        "Jan Bot <jan.bot@example.org>",
        "Talbot <talbot@example.org>",
        "Claude <claude@example.org>",
        "Ben Okoro <ben-lists@ben.example>",
    ],
)
def test_people_write_from_addresses_of_any_kind(who: str) -> None:
    assert _natures(who) == [Nature.PERSON]


def test_offices_and_lists_are_neither() -> None:
    assert _natures("Security Team <security@example.org>") == [Nature.ROLE]
    assert _natures("Atlas Makers <atlas@googlegroups.com>") == [Nature.LIST]


def _natures(who: str) -> list[Nature]:
    head = f"1a\nauthor {ANA} 1767603600 +0\ncommitter {ANA} 1767603600 +0"
    text = f"Coast\n\nReviewed-by: {who}"
    found = seen(list(Acts(Mailmap(b"")).of(commit(Entry("1a", head.encode(), text.encode())))))
    return [one.nature for name, one in found.items() if name != "email:ana@example.org"]


def test_two_who_share_a_first_name_are_two() -> None:
    assert told("Coast", ANA, "Ana <anita@work.example>") == ["anita@work.example repost ana"]


def test_namesakes_with_a_full_name_are_not_taken_for_two_who_work_together() -> None:
    assert told("Coast", "Ana Lopez <ana@work.example>", "ana lopez <ana@home.example>") == []


def test_bytes_in_no_encoding_and_signs_that_cannot_be_seen_cost_no_commit() -> None:
    head = b"1a\nauthor Jos\xe9 <jose@example.org> 1767603600 +0100\ncommitter " + ANA.encode()
    head += b" 1767603600 +0100\nencoding punycode"
    found = Acts(Mailmap(b"")).of(commit(Entry("1a", head, b"\xff\xfe\n\n\xc3(")))
    assert [one.name for one in found if isinstance(one, AccountSeen)] == ["Ana", "José"]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"1a\ntree 2b", "no_author"),
        (b"1a\nauthor Ana\ncommitter Ana", "no_author"),
        (b"1a\nauthor A <a@b.c> x +0\ncommitter A <a@b.c> 1 +0", "bad_date"),
        (b"1a\nauthor A <a@b.c> 9" + b"9" * 9999 + b" +0\ncommitter B <b@b.c> 1 +0", "bad_date"),
        (b"1a\nauthor  <> 1767603600 +0\ncommitter B <b@b.c> 1767603600 +0", "no_author"),
    ],
)
def test_a_commit_that_does_not_say_by_whom_and_when_is_a_problem(head: bytes, code: str) -> None:
    with pytest.raises(Unusable) as refused:
        list(Acts(Mailmap(b"")).of(commit(Entry("1a", head, b"Coast"))))
    assert refused.value.code == code


def test_a_message_of_megabytes_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    long = Made(ANA, "x" * (3 * MAX_COMMIT), 6)
    records = read(repository(tmp_path / "a.git", TAKEN_IN, long))
    assert [record.code for record in records if isinstance(record, Problem)] == ["too_long"]
    assert [_line(act) for act in acts(records)] == ["ana repost ben"]


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_long_ids_packed_references_and_a_head_without_a_branch_are_read(
    form: str, tmp_path: Path
) -> None:
    folder = repository(tmp_path / "a.git", TAKEN_IN, form=form)
    run(folder, "pack-refs", "--all")
    run(folder, "update-ref", "--no-deref", "HEAD", "main")
    assert len(acts(read(folder))) == 1
    assert len(acts(read(bundle(folder, tmp_path / "a.bundle")))) == 1


def test_a_shallow_clone_is_read_as_far_as_it_goes(atlas: Path, tmp_path: Path) -> None:
    run(tmp_path, "clone", "-q", "--depth=4", f"file://{atlas}", "shallow")
    assert 0 < len(acts(read(tmp_path / "shallow"))) < len(acts(read(atlas)))


def test_an_empty_repository_holds_nothing(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q", "empty")
    assert recognised(tmp_path / "empty")
    assert read(tmp_path / "empty") == []


def test_programs_that_a_repository_names_are_not_run_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "work").mkdir()
    folder = repository(tmp_path / "work" / ".git", TAKEN_IN)
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\n")
    trap.chmod(0o755)
    for key in ("core.pager", "core.fsmonitor", "core.sshCommand", "gpg.program", "alias.rev-list"):
        run(folder, "config", key, str(trap))
    run(folder, "config", "log.showSignature", "true")
    run(folder, "config", "include.path", str(tmp_path / "nowhere"))
    for hook in ("post-checkout", "pre-auto-gc", "reference-transaction"):
        (folder / "hooks").mkdir(exist_ok=True)
        shutil.copy(trap, folder / "hooks" / hook)
    before = _state(folder)
    assert len(acts(read(tmp_path / "work"))) == 1
    assert not sprung.exists()
    assert _state(folder) == before


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    files = {str(path): path.lstat() for path in folder.rglob("*")}
    return {name: (details.st_size, details.st_mtime_ns) for name, details in files.items()}


def test_reading_that_is_broken_off_leaves_no_program_and_no_folder_behind(
    atlas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_export(atlas) as export:
        records = git.collect(export, Options())
        next(iter(records))
        assert list(tmp_path.iterdir())
        records.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


def test_without_git_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for found in (None, "./git"):
        monkeypatch.setattr("shutil.which", lambda name, found=found: found)
        with pytest.raises(CollectError, match="git is not installed"):
            read(SAMPLE)


def test_a_bundle_of_what_was_new_asks_for_the_whole_history(atlas: Path, tmp_path: Path) -> None:
    new = bundle(atlas, tmp_path / "new.bundle", "main~2..main")
    with pytest.raises(BrokenExport, match="only what was new") as refused:
        read(new)
    assert "--all" in refused.value.hint


def test_a_damaged_repository_gives_what_could_be_read_and_then_says_so(tmp_path: Path) -> None:
    later = (Made(CHIDI, "Tides", 7, ANA), Made(DARA, "Winds", 8, ANA))
    folder = repository(tmp_path / "a.git", TAKEN_IN, *later)
    first = run(folder, "rev-parse", "main~2").strip()
    (folder / "objects" / first[:2] / first[2:]).unlink()
    with open_export(folder) as export:
        records, message = read_until_it_fails(git.collect(export, Options()))
    assert [_line(act) for act in acts(records)] == ["ana repost dara"]
    assert "damaged" in message


def test_damage_of_any_kind_ends_in_what_could_be_read_or_a_plain_error(
    atlas: Path, tmp_path: Path
) -> None:
    shutil.copytree(SAMPLE.parent, tmp_path / "bundle")
    (tmp_path / "bundle" / "expected.txt").unlink()
    for export in (atlas, tmp_path / "bundle"):
        for copy in damaged_copies(export, tmp_path, 4):
            with open_export(copy) as opened:
                read_until_it_fails(git.collect(opened, Options()))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a.git", TAKEN_IN)
    for name in ("packed-refs", "refs/heads/pipe"):
        os.mkfifo(folder / name)
    assert len(acts(read(folder))) == 1
    os.mkfifo(folder / "objects" / "pack" / "pack-1a.idx")
    with pytest.raises(BrokenExport, match="neither a file nor a folder"):
        read(folder)


def test_references_in_a_table_ask_for_a_bundle(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a.git", TAKEN_IN)
    (folder / "reftable").mkdir()
    with pytest.raises(BrokenExport, match="reftable") as refused:
        read(folder)
    assert "git bundle create" in refused.value.hint
