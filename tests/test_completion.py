"""Tab: what click's protocol answers, and what bash, zsh and fish make of it on a pseudo-terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from quizgen.cli import COMMANDS, main
from tests.pseudo_terminal import CHECKOUT, environment
from tests.shells import Shell

DECK = "tests/cases/quiz/deck.yaml"
CASES = yaml.safe_load((CHECKOUT / "tests/cases/completion/cases.yaml").read_text("utf-8"))
SHELLS = ("bash", "zsh", "fish")
# Words that only the person who types them knows.
FREE = {"response", "url", "key"}


def here(cache: Path, **extra: str) -> dict[str, str]:
    """An environment with a cache of its own, and a `quizgen` before any other on the way."""
    programs = cache / "bin"
    programs.mkdir(exist_ok=True)
    program = programs / "quizgen"
    program.write_text(f"#!{sys.executable}\nfrom quizgen.cli import main\nmain()\n")
    program.chmod(0o755)
    path = f"{programs}:{environment({})['PATH']}"
    told = {"PATH": path, "PYTHONPATH": str(CHECKOUT), "XDG_CACHE_HOME": str(cache), "HOME": str(cache)}
    return environment({**told, **extra})


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept from one Tab to the next."""
    return tmp_path_factory.mktemp("cache")


def asked(line: list[str], cache: Path, shell: str = "bash") -> subprocess.CompletedProcess[str]:
    """What quizgen answers when a shell asks about the last word of a line."""
    words = ["quizgen", *line]
    at = len(words) - 1
    told = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": words[at] if shell == "fish" else str(at)}
    return subprocess.run(
        [cache / "bin" / "quizgen"],
        env=here(cache, **told, _QUIZGEN_COMPLETE=f"{shell}_complete"),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def offers(answer: str, shell: str) -> list[str]:
    """The words of an answer, and `<file>` or `<dir>` where the shell is to complete a path."""
    lines = answer.rstrip("\n").split("\n") if answer.strip() else []
    if shell == "zsh":
        pairs = [
            (kind, value.replace("\\:", ":")) for kind, value in zip(lines[::3], lines[1::3], strict=True)
        ]
    else:
        pairs = [(line.split(",", 1)[0], line.split(",", 1)[1].split("\t")[0]) for line in lines]
    return [value if kind == "plain" else f"<{kind}>" for kind, value in pairs]


def cases() -> Iterator[Any]:
    """Every case for every shell that it is about."""
    for case in CASES:
        for shell in case.get("shells", SHELLS):
            yield pytest.param(case, shell, id=f"{shell}: {case['claim']}")


@pytest.mark.parametrize(("case", "shell"), list(cases()))
def test_what_is_offered(case: dict[str, Any], shell: str, cache: Path) -> None:
    """Each case's words are offered and no others; nothing is said on standard error, and all is well."""
    here(cache)
    line = [word.replace("DECK", DECK) for word in case["line"]]
    done = asked(line, cache, shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert offers(done.stdout, shell) == case["offers"]


def test_names_are_those_last_kept(tmp_path: Path) -> None:
    """Tab goes on to answer while the pack is being edited and is, for the moment, broken."""
    here(tmp_path)
    shutil.copytree(CHECKOUT / "tests/cases/quiz", tmp_path / "quiz")
    deck = str(tmp_path / "quiz/deck.yaml")
    line = ["quiz", deck, "--topic", ""]
    assert offers(asked(line, tmp_path).stdout, "bash") == ["cup", "leaf"]
    (tmp_path / "quiz/tea/facts.yaml").write_text("pack: {")
    assert offers(asked(line, tmp_path).stdout, "bash") == ["cup", "leaf"]


@pytest.mark.parametrize("kept", ["{}", "[]", "no JSON", '{"deck": {"topics": [{"id": 1}]}}'])
def test_a_broken_cache_is_no_error(kept: str, tmp_path: Path) -> None:
    """Where what was kept cannot be read, the pack is."""
    here(tmp_path)
    line = ["quiz", DECK, "--topic", ""]
    asked(line, tmp_path)
    (file,) = (tmp_path / "quizgen").glob("*.json")
    file.write_text(kept)
    done = asked(line, tmp_path)
    assert (offers(done.stdout, "bash"), done.stderr) == (["cup", "leaf"], "")


def test_a_pack_may_not_steer_the_terminal(cache: Path) -> None:
    """A topic whose name holds an escape sequence is described with a picture of it."""
    here(cache)
    done = asked(["quiz", DECK, "--topic", "c"], cache, "fish")
    assert done.stdout == "plain,cup\tThe cup ␛[31m& saucer\n"


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command of a group and of the groups in it, with the words that call it."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        yield f"{path} {name}", command


def parameters() -> Iterator[Any]:
    """Every parameter that takes a text."""
    for path, command in commands(main, "quizgen"):
        for found in command.params:
            flag = isinstance(found, click.Option) and (found.is_flag or found.count)
            if not flag and isinstance(found.type, click.types.StringParamType) and found.name not in FREE:
                yield pytest.param(found, id=f"{path} {found.name}")


@pytest.mark.parametrize("parameter", list(parameters()))
def test_every_parameter_is_completed(parameter: click.Parameter) -> None:
    """What takes a text says what Tab offers for it: names, paths or choices."""
    assert parameter._custom_shell_complete is not None


def test_the_commands_are_described_once(cache: Path) -> None:
    """fish shows with each command the line of `quizgen --help`."""
    here(cache)
    lines = asked([""], cache, "fish").stdout.splitlines()
    assert lines == [f"plain,{name}\t{words}" for name, words in sorted(COMMANDS.items())]


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes_in_a_real_shell(shell: str, tmp_path: Path) -> None:
    """Tab finishes a command and a topic's id, and the line that it made runs."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    with Shell(shell, here(tmp_path), CHECKOUT) as terminal:
        terminal.load(f"quizgen completion {shell}", tmp_path / f"quizgen.{shell}")
        terminal.type(f"quizgen lis\titems {DECK} --topic le\t\n")
        terminal.wait_for("On what date was the Leaf Pact inked?")
        terminal.type("echo en''ded\n")
        terminal.wait_for("ended")
    assert "Traceback" not in terminal.output


@pytest.mark.parametrize("shell", SHELLS)
def test_a_broken_quizgen_is_silent_at_a_prompt(shell: str, tmp_path: Path) -> None:
    """Tab completes nothing and prints nothing where quizgen itself cannot start."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    told = here(tmp_path)
    with Shell(shell, told, CHECKOUT) as terminal:
        terminal.load(f"quizgen completion {shell}", tmp_path / f"quizgen.{shell}")
        (tmp_path / "bin" / "quizgen").write_text("#!/bin/sh\necho out of order >&2\nexit 3\n")
        terminal.type("quizgen sho\t\t")
        terminal.type("\x15echo en''ded\n")
        terminal.wait_for("ended")
    assert "out of order" not in terminal.output
