"""The `quizgen` command. Each subcommand has a module of its own, imported only when it is called."""

from __future__ import annotations

import errno
import gc
import importlib
import os
from typing import TYPE_CHECKING, Any

import click

from quizgen import __version__
from quizgen.cli.exits import INTERRUPTED, WRONG

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# pydantic looks through every installed package for plugins. None is wanted, and it takes time at each start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Name -> one line for `quizgen --help`; said here so that help needs no import of the command.
COMMANDS = {
    "build": "Write a deck's Anki file (.apkg).",
    "check": "Report every problem of a pack.",
    "completion": "Print what makes Tab complete names in a shell.",
    "diff": "Tell what an update changes for learners.",
    "export": "Write a deck's items, or its facts, as JSON.",
    "flags": "List learners' remarks on a deck's questions.",
    "grade": "Show how a response is graded.",
    "list": "List topics, facts, items or sources.",
    "page": "Write a deck's facts as a page to read.",
    "push": "Send a deck to a running Anki.",
    "quiz": "Ask a deck's questions in the terminal.",
    "sheet": "Write items without their keys, for a blind reading.",
    "show": "Show one fact, item, source or entity whole.",
    "state": "Look after your progress: back up, move, repair.",
    "stats": "Show your progress on a deck.",
    "verify": "Check every citation against the sources' texts.",
}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, so that start-up stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"quizgen.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101  a module without one is a bug of ours
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from quizgen.base.problems import did_you_mean

            hint = did_you_mean(args[0], COMMANDS, "command")
            raise click.UsageError(f"no such command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(err=True)  # what the terminal shows of Ctrl-C stands on a line of its own
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            # Commands deal with their own files: what is left is standard output.
            from quizgen import terminal

            terminal.give_up_output()
            terminal.err(f"standard output: it cannot be written ({error.strerror}); make room on its disk")
            ctx.exit(WRONG)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=COMMANDS[name]) for name in sorted(COMMANDS)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [item for item in found if item.value.startswith(incomplete)] + options

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizgen", message="%(prog)s %(version)s")
def main(**_: Any) -> None:
    """Turn sourced facts into questions: an Anki deck, or a quiz in the terminal.

    \b
    quizgen build                 write the shipped deck for Anki
    quizgen quiz                  ten minutes of questions, here
    quizgen check my-pack/        find what is wrong in facts of your own
    """
    # A command is one short process, and what it makes is used until its end: looking for garbage finds none.
    gc.disable()


if "_QUIZGEN_COMPLETE" in os.environ:
    from quizgen.cli.completion import register

    register()
