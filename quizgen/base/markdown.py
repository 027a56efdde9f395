"""Plain text as Markdown: the one place where it is made safe."""

from __future__ import annotations

import re

from quizgen.base.text import squeeze, visible

# What begins emphasis, code, a link, markup, an entity, a table's cell, or (on GitHub) deletion or a formula.
_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$]")
# Whatever makes a heading, a list or a rule of a line that begins with it.
_START = re.compile(r"^(?:[#+=-]|\d+(?=[.)]))")


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, on one line, wherever in a line it is put."""
    safe = _SPECIAL.sub(r"\\\g<0>", squeeze(visible(text)))
    found = _START.match(safe)
    if found is None:
        return safe
    end = found.end() if found.group().isdigit() else 0
    return f"{safe[:end]}\\{safe[end:]}"


def link(text: str, address: str, title: str = "") -> str:
    """A link with plain text in it; its address cannot end it early, whatever stands there."""
    safe = re.sub(r"""[\s<>()\\"'`|\[\]]""", lambda found: f"%{ord(found.group()):02X}", address)
    tip = f' "{plain(title).replace(chr(34), chr(92) + chr(34))}"' if title else ""
    return f"[{plain(text)}]({safe}{tip})"


def anchor(heading: str) -> str:
    """The name that GitHub gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
