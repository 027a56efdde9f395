"""What pydantic found wrong, as problems with a place and a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from quizgen.base.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from quizgen.facts.yaml_file import Document, Loc

_KINDS = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def schema_problems(
    error: ValidationError, model: type[BaseModel], document: Document, at: Loc
) -> list[Problem]:
    """One problem for each of pydantic's findings on the entry that stands `at` a place of the document."""
    return [_problem(found, model, document, at) for found in error.errors(include_url=False)]


def _problem(found: Any, model: type[BaseModel], document: Document, at: Loc) -> Problem:
    kind: str = found["type"]
    loc: Loc = (*at, *found["loc"])
    name = str(next((part for part in reversed(found["loc"]) if isinstance(part, str)), ""))
    owner = _owner(model, found["loc"][:-1])
    meaning = _meaning(_owner(model, _parent(found["loc"])), name)
    if kind == "missing":
        return document.problem(
            loc[:-1], f"the field {name!r} is missing: expected {meaning}", "add it", name
        )
    if kind == "extra_forbidden":
        known = _keys(owner)
        return document.problem(loc, f"the key {name!r} is unknown", did_you_mean(name, known, "key"), name)
    if kind in _EXPECTED:
        given = _KINDS.get(type(found["input"]), "something else")
        hint = (
            "put quotes round it"
            if kind == "string_type" and isinstance(found["input"], int | float)
            else meaning
        )
        return document.problem(loc, f"expected {_EXPECTED[kind]}, found {given}", hint or "change it", name)
    if kind in ("literal_error", "enum"):
        expected = found["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return document.problem(
            loc,
            f"{found['input']!r} is none of the known words",
            did_you_mean(str(found["input"]), expected, "word"),
            name,
        )
    if kind == "string_pattern_mismatch":
        hint = "use small letters, digits and single hyphens, as in 'gsomia-signed'"
        return document.problem(loc, f"{found['input']!r} is not an id", hint, name)
    if kind == "value_error":
        return document.problem(
            loc, str(found["ctx"]["error"]), f"this is {meaning}" if meaning else "change it", name
        )
    return document.problem(
        loc, f"{found['msg'][:1].lower()}{found['msg'][1:]}", meaning or "change it", name
    )


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
