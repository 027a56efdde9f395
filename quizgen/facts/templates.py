"""Question templates: Jinja's syntax, in Jinja's sandbox, and of that only slots and choices between words.

Everything that could call, loop or reach into Python is refused when the pack is loaded, by looking at the
template's syntax tree; the sandbox stands behind that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quizgen.base.problems import did_you_mean

# What a template may use, and the forms of each. `docs/pack-format.md` explains them.
SLOTS: Mapping[str, tuple[str, ...]] = {
    "subject": ("start", "bare", "short", "type", "be", "was"),
    "answer": ("start", "on", "first", "last"),
    "value": ("start", "on", "first", "last"),
    "qualifier": ("start", "bare", "short"),
    "holder": ("start", "bare", "short"),
    "as_of": ("on", "On"),
}
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


@cache
def _environment() -> Environment:
    # Items are plain text; HTML is escaped by the exporter that writes HTML, and nowhere else.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be filled: the slots and forms that it uses, and whether it begins with words."""

    # Words, and (slot, form) for each slot; None where the template has conditions, which Jinja must follow.
    parts: tuple[str | tuple[str, str], ...] | None
    jinja: Callable[..., str] | None
    slots: frozenset[str]
    forms: frozenset[tuple[str, str]]
    starts_with_words: bool

    def fill(self, context: Mapping[str, object]) -> str:
        """The template's words with the slots' words in their places."""
        if self.parts is None:
            assert self.jinja is not None  # noqa: S101  the one or the other is there
            return self.jinja(context)
        return "".join(
            [part if isinstance(part, str) else _form(context[part[0]], part[1]) for part in self.parts]
        )


def _form(slot: object, form: str) -> str:
    return getattr(slot, form) if form else str(slot)


@cache
def compiled(text: str) -> Template:
    """The template that `text` is. It must be sound: see `fault`."""
    environment = _environment()
    tree = environment.parse(text)
    slots = frozenset(name.name for name in tree.find_all(nodes.Name))
    forms = frozenset(
        (asked.node.name, asked.attr)
        for asked in tree.find_all(nodes.Getattr)
        if isinstance(asked.node, nodes.Name)
    )
    parts = _parts(tree)
    jinja = environment.from_string(tree).render if parts is None else None
    return Template(parts, jinja, slots, forms, not text.lstrip().startswith("{{"))


def _parts(tree: nodes.Template) -> tuple[str | tuple[str, str], ...] | None:
    """A template without conditions, flat. Filling it takes a tenth of the time that Jinja's code takes."""
    parts: list[str | tuple[str, str]] = []
    for output in tree.body:
        for node in output.nodes if isinstance(output, nodes.Output) else (output,):
            match node:
                case nodes.TemplateData(data=words):
                    parts.append(words)
                case nodes.Name(name=slot):
                    parts.append((slot, ""))
                case nodes.Getattr(node=nodes.Name(name=slot), attr=form):
                    parts.append((slot, form))
                case _:
                    return None
    return tuple(parts)


def fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a template and what to do about it, or None."""
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        return (f"this is not a template: {error.message}", "write slots as {{ subject }}")
    except RecursionError:
        return ("this is not a template: it is nested too deep", "write slots as {{ subject }}")
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
