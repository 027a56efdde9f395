"""The one door to a running Anki: the add-on AnkiConnect, version 6 of its protocol, on this computer.

The add-on (https://git.sr.ht/~foosoft/anki-connect) answers a POST of `action`, `version`, `params` and `key`
as JSON with a `result` and an `error`, one request to a connection. What answers may be anything else, and
hostile: no more than `_MOST` bytes are read, no redirect is followed, and a result has the form that was
asked for, or there is none.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from quizgen.base.errors import ProblemsError
from quizgen.base.problems import Problem, brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

URL = "http://127.0.0.1:8765"
VERSION = 6
_PORT = 8765
_MOST = 128 * 1024 * 1024  # bytes of a reply; ten thousand notes of this deck take a quarter of it
_PATIENCE = 300  # seconds: Anki answers nothing else while it imports
_HOSTS = ("localhost", "127.0.0.1", "::1")

_INSTALL = (
    "start Anki; if it runs, add AnkiConnect to it (Tools > Add-ons > Get Add-ons, code 2055492159) "
    "and start it anew"
)
_ELSEWHERE = "give AnkiConnect's address with --url; `webBindPort` in the add-on's settings tells the port"
_AGAIN = "look whether Anki still runs, and push again: what has arrived is not sent twice"
_UPDATE = "update the add-on in Anki (Tools > Add-ons > Check for Updates)"

# What the add-on says of some errors, word for word, and what it means.
_KNOWN = {
    "valid api key must be provided": (
        "AnkiConnect asks for an API key, and this is none or a wrong one",
        "give the `apiKey` of the add-on's settings with --key, or in QUIZGEN_ANKI_KEY",
    ),
    "collection is not available": ("Anki has no profile open", "open your profile in Anki, and push again"),
    "unsupported action": ("this AnkiConnect is too old", _UPDATE),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where AnkiConnect listens, on this computer."""

    url: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Place:
        """The place that a URL names. Raises ProblemsError for any but a plain one on this computer."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port, parts = None, None, urlsplit("")
        plain = not (
            parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
        )
        if parts.scheme != "http" or host is None or not plain:
            hint = f"write it as in {URL}"
            raise ProblemsError([Problem(url, 0, 0, "--url", "this is no address of AnkiConnect", hint)])
        if host not in _HOSTS:
            message = "this is another computer, and Anki there could not read the deck's file"
            hint = "run quizgen where Anki runs, or open the deck's file there"
            raise ProblemsError([Problem(url, 0, 0, "--url", message, hint)])
        return cls(url, host, port or _PORT)


class AnkiConnect:
    """Asks the add-on for actions. Everything that goes wrong is a ProblemsError."""

    def __init__(self, place: Place, key: str | None = None) -> None:
        self._place = place
        self._key = key

    def greet(self) -> None:
        """Make sure that AnkiConnect is there and speaks this version."""
        version = self.ask(int, "version")
        if version < VERSION:
            self._fail(
                f"AnkiConnect speaks version {version} of its protocol, and {VERSION} is needed", _UPDATE
            )

    def ask(self, form: Any, action: str, **params: object) -> Any:
        """The result of an action, which has this form (a type as pydantic reads it)."""
        return self._result(form, action, self._reply(self._request(action, params)))

    def ask_all(self, form: Any, actions: Iterable[tuple[str, Mapping[str, object]]]) -> list[Any]:
        """The results of several actions in one request, all of one form."""
        wanted = list(actions)
        requests = [self._request(action, params) for action, params in wanted]
        replies = self.ask(list[dict[str, Any]], "multi", actions=requests)
        if len(replies) != len(wanted):
            self.strange("multi")
        return [self._result(form, action, reply) for (action, _), reply in zip(wanted, replies, strict=True)]

    def _request(self, action: str, params: Mapping[str, object]) -> dict[str, object]:
        request: dict[str, object] = {"action": action, "version": VERSION}
        if params:
            request["params"] = params
        if self._key is not None:
            request["key"] = self._key
        return request

    def _result(self, form: Any, action: str, reply: Mapping[str, Any]) -> Any:
        if not {"result", "error"} <= reply.keys():
            self.strange(action)
        error = reply["error"]
        if error is not None:
            known = _KNOWN.get(str(error))
            self._fail(*(known or (f"Anki could not do {action!r}: {brief(str(error), 200)}", _AGAIN)))
        try:
            return TypeAdapter(form).validate_python(reply["result"])
        except ValidationError:
            self.strange(action)

    def _reply(self, request: Mapping[str, object]) -> dict[str, Any]:
        body = self._post(json.dumps(request).encode())
        try:
            reply = json.loads(body)
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, dict):
            self._fail(f"what answers here is not AnkiConnect: it says {brief(_shown(body))}", _ELSEWHERE)
        return reply

    def _post(self, body: bytes) -> bytes:
        connection = http.client.HTTPConnection(self._place.host, self._place.port, timeout=_PATIENCE)
        try:
            connection.connect()
            self._stay_here(connection)
            # The add-on closes after each reply, and does not say so.
            headers = {"Content-Type": "application/json", "Connection": "close"}
            connection.request("POST", "/", body, headers)
            response = connection.getresponse()
            if response.status != http.client.OK:
                self._fail(
                    f"what answers here is not AnkiConnect: it says HTTP {response.status}", _ELSEWHERE
                )
            data = response.read(_MOST + 1)
        except ConnectionRefusedError:
            self._fail("nothing answers here: Anki is not running, or has no AnkiConnect", _INSTALL)
        except TimeoutError:
            self._fail(
                f"Anki gave no answer in {_PATIENCE} seconds",
                "close the windows open in Anki, and push again",
            )
        except (http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionError):
            self._fail("the connection to Anki broke", _AGAIN)
        except http.client.HTTPException:
            self._fail("what answers here does not speak HTTP", _ELSEWHERE)
        except OSError as error:
            self._fail(f"Anki cannot be reached ({error.strerror or type(error).__name__})", _INSTALL)
        finally:
            connection.close()
        if len(data) > _MOST:
            self._fail(f"the answer has more than {_MOST:,} bytes", _ELSEWHERE)
        if response.length:
            self._fail("the connection to Anki broke", _AGAIN)  # it told of more than came
        return data

    def _stay_here(self, connection: http.client.HTTPConnection) -> None:
        """Make sure that the name led to this computer: `localhost` is whatever a hosts file says."""
        address = connection.sock.getpeername()[0]
        if not ipaddress.ip_address(address).is_loopback:
            self._fail(f"{self._place.host!r} is another computer here ({address})", f"write it as in {URL}")

    def strange(self, action: str) -> NoReturn:
        """Say that an answer is none that AnkiConnect would give."""
        self._fail(f"the answer to {action!r} is not of the form that AnkiConnect gives", _UPDATE)

    def _fail(self, message: str, hint: str) -> NoReturn:
        raise ProblemsError([Problem(self._place.url, 0, 0, "", message, hint)])


def _shown(body: bytes) -> str:
    return body[:200].decode("utf-8", "replace")
