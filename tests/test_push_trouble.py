"""What a push says when Anki is not there, is something else, is hostile, or goes away in the middle."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizgen.base.errors import ProblemsError
from quizgen.export.anki_notes import notes_of
from quizgen.push import anki_connect
from quizgen.push.anki_connect import AnkiConnect, Place
from quizgen.push.push import push
from tests import banks
from tests.ankiconnect_server import AddOn, add_on, http, serving
from tests.push_desk import changed, deck_of, facts, push_desk

NOT_IT = "what answers here is not AnkiConnect: it says "
ELSEWHERE = "give AnkiConnect's address with --url; `webBindPort` in the add-on's settings tells the port"
AGAIN = "look whether Anki still runs, and push again: what has arrived is not sent twice"
UPDATE = "update the add-on in Anki (Tools > Add-ons > Check for Updates)"
STRANGE = f"the answer to 'version' is not of the form that AnkiConnect gives; {UPDATE}"
INSTALL = (
    "start Anki; if it runs, add AnkiConnect to it (Tools > Add-ons > Get Add-ons, code 2055492159) "
    "and start it anew"
)


def said(url: str, key: str | None = None) -> str:
    """What a push to this place fails with, without the place itself."""
    with pytest.raises(ProblemsError) as caught:
        push(deck_of(), notes_of(deck_of()), AnkiConnect(Place.of(url), key))
    return str(caught.value).removeprefix(f"{url}: ")


def result(value: Any) -> bytes:
    return http(json.dumps({"result": value, "error": None}).encode())


def error(words: str) -> bytes:
    return http(json.dumps({"result": None, "error": words}).encode())


REPLIES: dict[str, tuple[bytes | None, str]] = {
    "nothing": (None, f"the connection to Anki broke; {AGAIN}"),
    "no http": (b"220 mail.example.org ready\r\n", f"what answers here does not speak HTTP; {ELSEWHERE}"),
    "a web page": (http(b"<html>"), f"{NOT_IT}'<html>'; {ELSEWHERE}"),
    "an old greeting": (http(b"AnkiConnect v.6"), f"{NOT_IT}'AnkiConnect v.6'; {ELSEWHERE}"),
    "not found": (http(b"", "404 Not Found"), f"{NOT_IT}HTTP 404; {ELSEWHERE}"),
    "forbidden": (http(b"", "403 Forbidden"), f"{NOT_IT}HTTP 403; {ELSEWHERE}"),
    "no length kept": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
        f"the connection to Anki broke; {AGAIN}",
    ),
    "no utf-8": (http(b"\xff\xfe"), f"{NOT_IT}'��'; {ELSEWHERE}"),
    "a list": (http(b"[6]"), f"{NOT_IT}'[6]'; {ELSEWHERE}"),
    "deep": (http(b"[" * 200_000), f"{NOT_IT}'{'[' * 60}'…; {ELSEWHERE}"),
    "a huge number": (http(b"9" * 5000), f"{NOT_IT}'{'9' * 60}'…; {ELSEWHERE}"),
    "no result": (http(b'{"error": null}'), STRANGE),
    "no error": (http(b'{"result": 6}'), STRANGE),
    "another form": (result({"a": 1}), STRANGE),
    "an old version": (
        result(5),
        f"AnkiConnect speaks version 5 of its protocol, and 6 is needed; {UPDATE}",
    ),
    "a key is asked for": (
        error("valid api key must be provided"),
        "AnkiConnect asks for an API key, and this is none or a wrong one; "
        "give the `apiKey` of the add-on's settings with --key, or in QUIZGEN_ANKI_KEY",
    ),
    "no profile": (
        error("collection is not available"),
        "Anki has no profile open; open your profile in Anki, and push again",
    ),
    "an unknown action": (error("unsupported action"), f"this AnkiConnect is too old; {UPDATE}"),
    "another error": (
        error("disk is \x1b[31mfull" + "!" * 300),
        f"Anki could not do 'version': 'disk is \\x1b[31mfull{'!' * 183}'…; {AGAIN}",
    ),
    "an error of no text": (
        http(b'{"result": null, "error": {"a": 1}}'),
        f"Anki could not do 'version': \"{{'a': 1}}\"; {AGAIN}",
    ),
}


@pytest.mark.parametrize("name", REPLIES)
def test_what_is_not_ankiconnect_is_told(name: str) -> None:
    """Whatever answers, the message says in one line what was wrong with it and what to do, word for word."""
    reply, message = REPLIES[name]
    with serving(lambda body: reply) as url:
        assert said(url) == message


def test_nothing_there_says_how_to_get_it() -> None:
    """Where no one listens, the message names Anki and the add-on with its code."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert said(url) == f"nothing answers here: Anki is not running, or has no AnkiConnect; {INSTALL}"


def test_an_answer_too_long_is_not_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an endless answer no more than the limit is read."""
    monkeypatch.setattr(anki_connect, "_MOST", 1000)
    with serving(lambda body: http(b" " * 1001)) as url:
        assert said(url) == f"the answer has more than 1,000 bytes; {ELSEWHERE}"


def test_anki_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An Anki that is busy with a window of its own is given up on, and the message says why it may be."""
    monkeypatch.setattr(anki_connect, "_PATIENCE", 0.1)
    done = threading.Event()

    def wait(body: bytes) -> None:
        done.wait(60)

    with serving(wait) as url:
        try:
            assert said(url) == (
                "Anki gave no answer in 0.1 seconds; close the windows open in Anki, and push again"
            )
        finally:
            done.set()


def test_a_redirect_is_not_followed() -> None:
    """An answer that leads elsewhere is none of AnkiConnect's, and nothing is sent there."""
    asked: list[bytes] = []

    def elsewhere(body: bytes) -> bytes:
        asked.append(body)
        return result(6)

    with serving(elsewhere) as other:
        moved = http(b"", "307 Temporary Redirect", f"Location: {other}/\r\n")
        with serving(lambda body: moved) as url:
            assert said(url) == f"{NOT_IT}HTTP 307; {ELSEWHERE}"
    assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.3:8765",
        "http://anki.example.org",
        "http://127.0.0.1.example.org:8765",
        "http://[2001:db8::1]:8765",
        "http://0.0.0.0:8765",
    ],
)
def test_another_computer_is_refused(url: str) -> None:
    """A push goes to this computer only: nothing is sent to a host of any other name."""
    assert said(url) == (
        "--url: this is another computer, and Anki there could not read the deck's file; "
        "run quizgen where Anki runs, or open the deck's file there"
    )


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8765",
        "https://127.0.0.1:8765",
        "http://",
        "http://[::1",
        "http://127.0.0.1:port",
        "http://user:word@127.0.0.1:8765",
        "http://127.0.0.1:8765/elsewhere",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    """Only a plain http address is one."""
    assert said(url).endswith(
        "--url: this is no address of AnkiConnect; write it as in http://127.0.0.1:8765"
    )


def test_a_name_that_leads_away_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`localhost` is asked only if it is this computer, whatever a hosts file makes of it."""

    class Elsewhere:
        def setsockopt(self, *_: object) -> None:
            """No option is of use."""

        def getpeername(self) -> tuple[str, int]:
            return ("203.0.113.7", 8765)

        def close(self) -> None:
            """Nothing was open."""

    # The one thing that a test cannot have: a hosts file that leads away.
    monkeypatch.setattr(socket, "create_connection", lambda *_: Elsewhere())
    assert said("http://localhost:8765") == (
        "'localhost' is another computer here (203.0.113.7); write it as in http://127.0.0.1:8765"
    )


def test_the_key_is_given_with_every_request(tmp_path: Path) -> None:
    """An add-on that asks for a key is served whole with it; with another key nothing is told or changed."""
    with push_desk(tmp_path / "learner") as learner:
        learner.addon.key = "open sesame"
        for wrong in (None, "", "open"):
            assert said(learner.url, wrong).startswith("AnkiConnect asks for an API key")
        assert learner.col.note_count() == 0
        learner.push(deck_of())
        learner.push(changed(deck_of(), lambda item: replace(item, explanation="Better told.")))
        assert learner.fields(facts(deck_of())[0])["Explanation"] == "Better told."


def test_an_anki_without_a_profile_is_told() -> None:
    """The add-on answers, but no collection is open."""
    with add_on(AddOn(None)) as url:
        assert said(url) == "Anki has no profile open; open your profile in Anki, and push again"


def test_a_package_that_anki_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Anki's importer says reaches the person, and no file is left behind."""
    monkeypatch.setattr("quizgen.push.push.package", lambda *_: b"no package")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with push_desk(tmp_path / "learner") as learner:
        assert said(learner.url).startswith("Anki could not do 'importPackage': ")
        assert learner.col.note_count() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["learner"]


Hurt = Callable[[Any], Any]
WRONG: dict[str, Hurt] = {
    "no fields": lambda notes: [{**note, "fields": {"Id": {"value": "x", "order": 0}}} for note in notes],
    "fields of numbers": lambda notes: [{**note, "fields": {"Id": 5}} for note in notes],
    "no list": lambda notes: {"notes": notes},
    "tags in a line": lambda notes: [{**note, "tags": "a b"} for note in notes],
    "a number of words": lambda notes: [{**note, "noteId": "many"} for note in notes],
}


@pytest.mark.parametrize("name", WRONG)
def test_notes_of_another_form_change_nothing(name: str, tmp_path: Path) -> None:
    """Where the add-on tells notes in another form, nothing is written, and the message says so."""
    with push_desk(tmp_path / "learner") as learner:
        learner.push(deck_of())
        tell = learner.addon.do_notesInfo
        learner.addon.do_notesInfo = lambda notes: WRONG[name](tell(notes))  # type: ignore[method-assign]
        before = learner.everything()
        assert said(learner.url) == (
            f"the answer to 'notesInfo' is not of the form that AnkiConnect gives; {UPDATE}"
        )
        assert learner.everything() == before


def test_notes_that_go_while_they_are_read_are_passed_over(tmp_path: Path) -> None:
    """A note that the learner deletes meanwhile is told as an empty one, and comes in again."""
    with push_desk(tmp_path / "learner") as learner:
        learner.push(deck_of())
        tell = learner.addon.do_notesInfo
        learner.addon.do_notesInfo = lambda notes: [*tell(notes)[1:], {}]  # type: ignore[method-assign]
        outcome = learner.push(deck_of())
        assert [note.id for note in outcome.plan.new] == [facts(deck_of())[0]]
        assert learner.col.note_count() == 12


@pytest.mark.parametrize("breaks", range(4))
def test_a_push_that_broke_off_is_finished_by_the_next(breaks: int, tmp_path: Path) -> None:
    """Wherever Anki goes away, before a request or after doing it, another push completes the upgrade."""
    names = facts(deck_of())
    bank = changed(
        deck_of(),
        lambda item: (
            None if item.facts[0] == names[1] else replace(item, explanation="Better told.", topic="cup")
        ),
    )
    bank = replace(bank, items=(*bank.items, banks.item("pot/typed")))
    with push_desk(tmp_path / "whole") as learner:
        learner.push(deck_of())
        learner.push(bank)
        wanted = [(note, learner.fields(note), learner.tags(note)) for note in (*names, "pot")]
    for after in (False, True):
        with push_desk(tmp_path / f"broken-{after}") as learner:
            learner.push(deck_of())
            learner.tag(names[0], "tea::leaf::hard")
            broke = _push_until(learner.addon, bank, breaks, after=after)
            learner.push(bank)
            learner.col.tags.bulk_remove([learner.number(names[0])], "tea::leaf::hard")  # type: ignore[list-item]
            there = [(note, learner.fields(note), learner.tags(note)) for note in (*names, "pot")]
            assert there == wanted
            assert broke == (breaks < 3)
            assert learner.col.note_count() == 13
            assert not learner.push(bank).needed


def _push_until(addon: AddOn, bank: Any, breaks: int, *, after: bool) -> bool:
    """Push to an Anki that goes away at the writing request of this number, before or after doing it."""
    left = breaks

    def answer(body: bytes) -> bytes | None:
        nonlocal left
        request = json.loads(body)
        if request["action"] in ("multi", "importPackage", "updateModelStyling"):
            left -= 1
            if left < 0:
                if after:
                    addon.handle(request)
                return None
        return http(json.dumps(addon.handle(request)).encode())

    with serving(answer) as url:
        try:
            push(bank, notes_of(bank), AnkiConnect(Place.of(url)))
        except ProblemsError as error:
            assert "the connection to Anki broke" in str(error)
            return True
    return False
