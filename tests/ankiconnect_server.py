"""AnkiConnect as a learner has it: its protocol over HTTP on this computer, over a real Anki collection.

Written from the documentation and the behaviour of the add-on (https://git.sr.ht/~foosoft/anki-connect, API
version 6): the same JSON, the same words in errors, one request to a connection, HTTP 200 for whatever is
asked. Only Anki's window is missing. `importPackage` goes the way that the add-on's does, through
`anki.importing.AnkiPackageImporter`: before 26.09 that is Anki's older importer, since then its new one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import anki.lang
from anki.collection import Collection
from anki.errors import NotFoundError
from anki.notes import NoteId


class AddOn:
    """The add-on's actions, by their names."""

    def __init__(self, col: Collection | None, key: str | None = None) -> None:
        self.open = col
        self.key = key
        self.api = 6
        self.missing: set[str] = set()  # actions that an old release of it did not have
        self.browsed: set[int] = (
            set()
        )  # notes open in Anki's browser, which writes its own text over any other
        self.done: list[str] = []
        anki.lang.set_lang("en_US")  # as Anki's window does; the importer before 26.09 asks for it

    def handle(self, request: Mapping[str, Any]) -> Any:
        """What the add-on replies to one request."""
        name, version = request.get("action", ""), request.get("version", 4)
        try:
            if request.get("key") != self.key and name != "requestPermission":
                raise Exception("valid api key must be provided")
            action: Callable[..., Any] | None = getattr(self, f"do_{name}", None)
            if action is None or name in self.missing:
                raise Exception("unsupported action")
            result = action(**request.get("params", {}))
            self.done.append(name)
        except Exception as error:
            return {"result": None, "error": str(error)}
        return result if version <= 4 else {"result": result, "error": None}

    @property
    def col(self) -> Collection:
        if self.open is None:
            raise Exception("collection is not available")
        return self.open

    def model(self, name: str) -> Any:
        model = self.col.models.by_name(name)
        if model is None:
            raise Exception(f"model was not found: {name}")
        return model

    def note(self, number: int) -> Any:
        try:
            return self.col.get_note(NoteId(number))
        except NotFoundError:
            raise Exception(f"Note was not found: {number}") from None

    def do_version(self) -> int:
        return self.api

    def do_multi(self, actions: list[dict[str, Any]]) -> list[Any]:
        return [self.handle(action) for action in actions]

    def do_modelNamesAndIds(self) -> dict[str, int]:  # noqa: N802  the action's name, here and below
        return {known.name: known.id for known in self.col.models.all_names_and_ids()}

    def do_modelFieldNames(self, modelName: str) -> list[str]:  # noqa: N802, N803
        return [field["name"] for field in self.model(modelName)["flds"]]

    def do_modelStyling(self, modelName: str) -> dict[str, str]:  # noqa: N802, N803
        return {"css": self.model(modelName)["css"]}

    def do_modelTemplates(self, modelName: str) -> dict[str, dict[str, str]]:  # noqa: N802, N803
        return {
            card["name"]: {"Front": card["qfmt"], "Back": card["afmt"]}
            for card in self.model(modelName)["tmpls"]
        }

    def do_modelFieldRename(self, modelName: str, oldFieldName: str, newFieldName: str) -> None:  # noqa: N802, N803
        model = self.model(modelName)
        known = {field["name"]: field for field in model["flds"]}
        if oldFieldName not in known:
            raise Exception(f"field was not found in {modelName}: {oldFieldName}")
        self.col.models.rename_field(model, known[oldFieldName], newFieldName)
        self.col.models.update_dict(model)

    def do_updateModelStyling(self, model: dict[str, Any]) -> None:  # noqa: N802
        held = self.model(model["name"])
        held["css"] = model["css"]
        self.col.models.update_dict(held)

    def do_updateModelTemplates(self, model: dict[str, Any]) -> None:  # noqa: N802
        held = self.model(model["name"])
        for card in held["tmpls"]:
            wanted = model["templates"].get(card["name"], {})
            card["qfmt"] = wanted.get("Front") or card["qfmt"]
            card["afmt"] = wanted.get("Back") or card["afmt"]
        self.col.models.update_dict(held)

    def do_findNotes(self, query: str | None = None) -> list[int]:  # noqa: N802
        return [] if query is None else list(map(int, self.col.find_notes(query)))

    def do_notesInfo(self, notes: list[int]) -> list[dict[str, Any]]:  # noqa: N802
        return [self._info(number) for number in notes]

    def _info(self, number: int) -> dict[str, Any]:
        try:
            note = self.col.get_note(NoteId(number))
        except NotFoundError:
            return {}
        fields = {name: {"value": text, "order": place} for place, (name, text) in enumerate(note.items())}
        cards = self.col.card_ids_of_note(note.id)
        model = note.note_type()
        assert model is not None
        return {
            "noteId": note.id,
            "tags": note.tags,
            "fields": fields,
            "modelName": model["name"],
            "cards": cards,
        }

    def do_updateNoteFields(self, note: dict[str, Any]) -> None:  # noqa: N802
        held = self.note(note["id"])
        for name, text in note["fields"].items():
            if name in held:
                held[name] = text
        if note["id"] not in self.browsed:
            self.col.update_note(held)

    def do_addTags(self, notes: list[int], tags: str) -> None:  # noqa: N802
        self.col.tags.bulk_add([NoteId(number) for number in notes], tags)

    def do_removeTags(self, notes: list[int], tags: str) -> None:  # noqa: N802
        self.col.tags.bulk_remove([NoteId(number) for number in notes], tags)

    def do_importPackage(self, path: str) -> bool:  # noqa: N802
        # A module's __getattr__ makes it since 26.09, which mypy does not see.
        from anki.importing import AnkiPackageImporter  # type: ignore[attr-defined]

        AnkiPackageImporter(self.col, path).run()
        return True


class Server:
    """An HTTP server on a port of its own. `answer` makes the bytes of a whole reply of a request's body."""

    def __init__(self, answer: Callable[[bytes], bytes | None]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                reply = answer(body)
                if reply is not None:
                    self.wfile.write(reply)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextmanager
def serving(answer: Callable[[bytes], bytes | None]) -> Iterator[str]:
    """A server that gives these answers, by its URL; a None breaks the connection off."""
    server = Server(answer)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def add_on(addon: AddOn) -> Iterator[str]:
    """The add-on, listening, by its URL."""
    with serving(lambda body: http(_replied(addon, body))) as url:
        yield url


def _replied(addon: AddOn, body: bytes) -> bytes:
    try:
        request = json.loads(body)
    except ValueError as error:
        return json.dumps({"result": None, "error": str(error)}).encode() if body else b"AnkiConnect v.6"
    return json.dumps(addon.handle(request)).encode()


def http(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    """A whole reply, with the headers that the add-on gives."""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: http://localhost\r\n"
        f"Access-Control-Allow-Headers: *\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
