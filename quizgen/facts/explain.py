"""What pydantic found wrong, as problems with a place and a remedy."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from quizgen.base.problems import Problem, brief, did_you_mean, nearest

if TYPE_CHECKING:
    from quizgen.facts.yaml_file import Document, Loc

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_BOUNDS = {
    "greater_than_equal": ("at least", "ge", 0),
    "less_than_equal": ("at most", "le", 0),
    "less_than": ("at most", "lt", -1),
}
# The words by which YAML 1.1 said true and false; here they are text, as in YAML 1.2.
_OLD_TRUTH = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def schema_problems(
    error: ValidationError, model: type[BaseModel], document: Document, at: Loc
) -> list[Problem]:
    """One problem for each mistake in the entry that stands `at` a place of the document."""
    findings = error.errors(include_url=False)
    misspelt = {
        (*found["loc"][:-1], meant)
        for found in findings
        if found["type"] == "extra_forbidden"
        and (meant := nearest(str(found["loc"][-1]), _keys(_owner(model, found["loc"][:-1]))))
    }
    return [
        _problem(found, model, document, at)
        for found in findings
        # A field under a misspelt key is not missing too, nor is a list empty whose entries were all refused.
        if not (found["type"] == "missing" and found["loc"] in misspelt)
        and not (found["type"] == "too_short" and found["input"])
    ]


def _problem(found: Any, model: type[BaseModel], document: Document, at: Loc) -> Problem:
    kind: str = found["type"]
    loc: Loc = (*at, *found["loc"])
    name = str(next((part for part in reversed(loc) if isinstance(part, str)), ""))
    meaning = _meaning(_owner(model, _parent(found["loc"])), name)
    if kind == "missing":
        message = f"the field {name!r} is missing: expected {meaning.partition(';')[0]}"
        return document.problem(loc[:-1], message, f"add `{name}: …`", name)
    if kind == "extra_forbidden":
        known = _keys(_owner(model, found["loc"][:-1]))
        message = f"the key {brief(name)} is unknown"
        return document.problem(loc, message, did_you_mean(name, known, "key"), name)
    message, hint = _wording(kind, found, meaning)
    return document.problem(loc, message, hint, name)


def _wording(kind: str, found: Any, meaning: str) -> tuple[str, str]:
    """What is there and what was expected, and what to do about it."""
    given = found["input"]
    context = found.get("ctx", {})
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {brief(given)}", _remedy(kind, given, meaning)
    if kind in ("literal_error", "enum"):
        known = re.findall(r"'([^']*)'", context["expected"])
        return f"{brief(given)} is none of the known words", did_you_mean(str(given), known, "word")
    if kind == "string_pattern_mismatch":
        hint = "use small letters, digits and single hyphens"
        return f"{brief(given)} is not an id", f"{hint}: {suggested_id(given)!r}"
    if kind in ("string_too_long", "too_long"):
        message = (
            f"the text has {len(given):,} characters, and at most {context['max_length']:,} were expected"
        )
        return message, "shorten it"
    if kind == "too_short":
        return f"the list is empty: expected {meaning}", "add one"
    if kind in _BOUNDS:
        words, key, by = _BOUNDS[kind]
        return f"{brief(given)} is out of range: expected {words} {context[key] + by}", _holds(meaning)
    if kind == "value_error":
        return str(context["error"]), _holds(meaning)
    return f"{found['msg'][:1].lower()}{found['msg'][1:]}", _holds(meaning)


def _holds(meaning: str) -> str:
    return f"it holds {meaning.partition(';')[0]}" if meaning else "change it"


def _remedy(kind: str, given: object, meaning: str) -> str:
    """What to do about a value of the wrong type."""
    if kind == "string_type" and isinstance(given, int | float):
        return "put quotes round it"
    if kind == "bool_type" and str(given).lower() in _OLD_TRUTH:
        return f"write {_OLD_TRUTH[str(given).lower()]}"
    if kind == "bool_type" and str(given).lower() in ("true", "false"):
        return "take the quotes off"
    if kind == "tuple_type" and isinstance(given, str | int):
        return f"write [{given}]" if len(str(given)) < 60 else "put it in […]"
    return _holds(meaning) if meaning else "write its fields as 'key: value'"


def suggested_id(text: str) -> str:
    """The id nearest to `text`, or an example where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-") or "gsomia-signed"


def _parent(loc: Loc) -> Loc:
    """The way to the model that holds the innermost named field."""
    for index in range(len(loc) - 1, -1, -1):
        if isinstance(loc[index], str):
            return loc[:index]
    return ()


def _owner(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The record that `loc` leads to from `model`."""
    owner: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or owner is None:
            continue
        field = _fields(owner).get(part)
        owner = _record_in(field.annotation) if field is not None else None
    return owner


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _record_in(arg)) is not None), None)


def _fields(owner: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in owner.model_fields.items()}


def _keys(owner: type[BaseModel] | None) -> list[str]:
    return [] if owner is None else list(_fields(owner))


def _meaning(owner: type[BaseModel] | None, name: str) -> str:
    field = None if owner is None else _fields(owner).get(name)
    return "" if field is None else str(field.description or "")
