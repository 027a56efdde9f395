"""From a folder of YAML to a pack, or to everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quizgen.base.files import is_folder
from quizgen.base.problems import Problem, brief, did_you_mean
from quizgen.facts import link, yaml_file
from quizgen.facts.explain import schema_problems
from quizgen.facts.model import Origin, Pack
from quizgen.facts.schema import ID, SECTIONS, PackRecord, Record
from quizgen.facts.yaml_file import Document

MAX_FILES = 500

_NAMES = ("pack", *SECTIONS)


@dataclass
class Entries:
    """Every record of a pack's files with its origin, section by section, before they are linked."""

    pack: PackRecord | None = None
    pack_origin: Origin | None = None
    sections: dict[str, dict[str, tuple[Any, Origin]]] = field(
        default_factory=lambda: {section: {} for section in SECTIONS}
    )
    # Ids whose record was refused: naming one is no second mistake.
    broken: set[tuple[str, str]] = field(default_factory=set)
    # Sections of which something could not be read at all: any name may be in what is missing.
    incomplete: set[str] = field(default_factory=set)

    def missing(self, section: str, name: str) -> bool:
        """Whether `name` leads nowhere for no other reason than a mistake already reported."""
        return section in self.incomplete or (section, name) in self.broken


def load_pack(root: Path) -> tuple[Pack | None, list[Problem]]:
    """Read a pack: a folder of YAML files, or one file. The pack is None where there is any problem."""
    problems: list[Problem] = []
    entries = Entries()
    documents: list[Document] = []
    for path, shown in _files(root, problems):
        document, found = yaml_file.load(path, shown)
        problems += found
        if document is None or document.incomplete:
            entries.incomplete.update(SECTIONS)
        if document is not None:
            documents.append(document)
            problems += _collect(document, entries)
    for document in _vocabulary():
        problems += _collect(document, entries, built_in=True)
    if entries.pack is None and not problems:
        hint = "add `pack: {id: …, name: …}` to one of its files"
        problems.append(Problem(str(root), 0, 0, "pack", "no file says which pack this is", hint))
    pack, found = link.link(entries, root, tuple(documents))
    problems += found
    return (None if problems else pack), sorted(problems)


def _files(root: Path, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """The pack's files in a fixed order, each with its name for messages; none outside the folder."""
    if not is_folder(root):
        yield root, str(root)
        return
    before = len(problems)
    paths = sorted(_walk(root, problems))
    if not paths and len(problems) == before:
        problems.append(
            Problem(str(root), 0, 0, "", "there is no .yaml file here", "name the folder of a pack")
        )
    if len(paths) > MAX_FILES:
        message = f"{len(paths)} YAML files, and at most {MAX_FILES} are read"
        problems.append(Problem(str(root), 0, 0, "", message, "name the folder of one pack"))
        return
    home = os.path.realpath(root)
    for path in paths:
        # Not Path.resolve(): that raises where a link leads to itself.
        if Path(os.path.realpath(path)).is_relative_to(home):
            yield path, str(path)
        else:
            hint = "put the file itself into the pack"
            problems.append(Problem(str(path), 0, 0, "", "this link leads out of the pack", hint))


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every YAML file under a folder but the hidden ones, which editors and version control leave there."""

    def refuse(error: OSError) -> None:
        message = f"the folder cannot be read ({error.strerror})"
        hint = "give yourself the right to read it (chmod u+rx)"
        problems.append(Problem(str(error.filename), 0, 0, "", message, hint))

    for folder, folders, files in os.walk(root, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if name.endswith((".yaml", ".yml")):
                message, hint = "this is a folder, and a file was expected", "take '.yaml' from its name"
                problems.append(Problem(str(Path(folder, name)), 0, 0, "", message, hint))
        for name in files:
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(folder, name)


def _vocabulary() -> Iterator[Document]:
    """The built-in types and properties."""
    for path in sorted((Path(__file__).parent / "vocabulary").glob("*.yaml")):
        document, problems = yaml_file.parse(path.read_text("utf-8"), f"quizgen/vocabulary/{path.name}")
        assert document is not None and not problems, problems  # noqa: S101  ours, and tested
        yield document


def _collect(document: Document, entries: Entries, *, built_in: bool = False) -> list[Problem]:
    """Validate one file's entries and put them with the others'."""
    if not isinstance(document.data, dict):
        entries.incomplete.update(SECTIONS)
        message = f"expected sections of a pack, found {brief(document.data)}"
        return [document.problem((), message, f"begin with one of: {', '.join(_NAMES)}", "")]
    problems: list[Problem] = []
    for section, raw in document.data.items():
        if section == "pack":
            problems += _collect_pack(document, raw, entries)
        elif section not in SECTIONS:
            entries.incomplete.update(SECTIONS)
            message = f"the section {brief(section)} is unknown"
            hint = did_you_mean(section, _NAMES, "section")
            problems.append(document.problem((section,), message, hint, section))
        elif not isinstance(raw, list):
            entries.incomplete.add(section)
            message = f"expected a list of {section}, found {brief(raw)}"
            problems.append(document.problem((section,), message, "begin each entry with '- id: …'"))
        else:
            problems += _collect_section(document, section, raw, entries, built_in)
    return problems


def _collect_pack(document: Document, raw: Any, entries: Entries) -> list[Problem]:
    if entries.pack is not None and entries.pack_origin is not None:
        message = f"which pack this is stands already at {entries.pack_origin.shown()}"
        return [document.problem(("pack",), message, "keep one of the two")]
    entries.pack_origin = Origin(document, ("pack",))
    try:
        entries.pack = PackRecord.model_validate(raw)
    except ValidationError as error:
        return schema_problems(error, PackRecord, document, ("pack",))
    return []


def _collect_section(
    document: Document, section: str, raw: list[Any], entries: Entries, built_in: bool
) -> list[Problem]:
    model = SECTIONS[section]
    known = entries.sections[section]
    problems: list[Problem] = []
    for index, record in enumerate([_validate(model, entry) for entry in raw]):
        loc = (section, index)
        if isinstance(record, ValidationError):
            problems += schema_problems(record, model, document, loc)
            entry = raw[index]
            if isinstance(entry, dict) and ID.fullmatch(str(entry.get("id"))):
                entries.broken.add((section, str(entry["id"])))
            else:
                entries.incomplete.add(section)
            continue
        name: str = record.id  # type: ignore[attr-defined]  # every record of a section has an id
        if name not in known:
            known[name] = (record, Origin(document, loc))
        elif not built_in:
            # A pack's own word for a type or property takes the place of the built-in one, silently.
            message = f"the id {name!r} is already at {known[name][1].shown()}"
            problems.append(document.problem((*loc, "id"), message, "give one of the two another id"))
    return problems


def _validate(model: type[Record], entry: Any) -> Record | ValidationError:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        return error
