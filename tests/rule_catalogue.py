"""The catalogue of rules on questions, made from the rules themselves."""

from __future__ import annotations

from quizgen.lint.lint import RULES
from quizgen.lint.rule import Severity

HEAD = """# Rules on questions

`quizgen check` holds every generated question to these rules. What breaks an **error** is a problem; a
**warning** is reported. `quizgen check --explain RULE` says the same in the terminal. Each rule has its
examples under `tests/cases/lint/`: bad ones that it catches, and tempting good ones that it lets pass.

Made from the rules by `QUIZGEN_REWRITE_DOCS=1 pytest tests/test_lint.py`.

| rule | severity | why | what to do | reference |
|---|---|---|---|---|
"""


def catalogue() -> str:
    """The whole page."""
    rows = [
        f"| `{rule.id}` | {'error' if rule.severity is Severity.ERROR else 'warning'} "
        f"| {rule.reason} | {rule.hint} | {rule.reference} |"
        for rule in RULES.values()
    ]
    return HEAD + "\n".join(rows) + "\n"
