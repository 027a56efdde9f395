"""Templates that are more than words and slots: Jinja's, in its sandbox, and of them only conditions.

Everything that could call, loop or reach into Python is refused when the pack is loaded, by looking at the
template's syntax tree; the sandbox stands behind that. Imported only where a template needs it: most have
nothing but slots, and `quizgen.facts.templates` fills those.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quizgen.base.problems import did_you_mean
from quizgen.base.text import squeeze
from quizgen.facts.slots import SLOTS

_ALLOWED = (
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.If,
    nodes.CondExpr,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
# What to call the commonest of what is refused; each is the name of one of Jinja's nodes.
_REFUSED = {
    "Call": "a call",
    "Filter": "a filter",
    "FilterBlock": "a filter",
    "Test": "a test",
    "For": "a loop",
    "Getitem": "square brackets",
    "Assign": "an assignment",
    "AssignBlock": "an assignment",
    "Macro": "a macro",
    "Import": "an import",
    "FromImport": "an import",
    "Include": "an include",
    "Extends": "another template",
    "Block": "a block",
}
_WRITE = "write slots as {{ subject }}, and end each {% if … %} with {% endif %}"


@cache
def _environment() -> Environment:
    # Items are plain text; HTML is escaped by the exporter that writes HTML, and nowhere else.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def render_of(text: str) -> tuple[Callable[..., str], frozenset[str], frozenset[tuple[str, str]]]:
    """What fills a sound template, the slots that it uses, and the forms of them."""
    environment = _environment()
    tree = environment.parse(text)
    slots = frozenset(name.name for name in tree.find_all(nodes.Name))
    forms = frozenset(
        (asked.node.name, asked.attr)
        for asked in tree.find_all(nodes.Getattr)
        if isinstance(asked.node, nodes.Name)
    )
    render = environment.from_string(tree).render
    return lambda context: squeeze(render(context)), slots, forms


def fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a template and what to do about it, or None."""
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        what = (error.message or "it cannot be read").partition(". ")[0]
        return (f"this is not a template: {what}", _WRITE)
    except RecursionError:
        return ("this is not a template: it is nested too deep", _WRITE)
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            what = _REFUSED.get(type(node).__name__, "this part of Jinja")
            return (
                f"a template may not have {what} in it",
                f"use only words and the slots {', '.join(SLOTS)}",
            )
        if isinstance(node, nodes.Name) and node.name not in SLOTS:
            return (f"the slot {node.name!r} is unknown", did_you_mean(node.name, SLOTS, "slot"))
        if isinstance(node, nodes.Getattr):
            if not isinstance(node.node, nodes.Name):
                return (
                    f"{node.attr!r} is asked of what is no slot",
                    f"use only words and the slots {', '.join(SLOTS)}",
                )
            forms = SLOTS.get(node.node.name, ())
            if forms and node.attr not in forms:
                slot = node.node.name
                return (
                    f"the slot {slot!r} has no form {node.attr!r}",
                    did_you_mean(node.attr, forms, "form"),
                )
    return None
