"""`quizgen verify`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quizgen import shipped, terminal
from quizgen.base import clock
from quizgen.base.files import write_atomically, writing_problem
from quizgen.cli import tab


@click.command("verify")
@click.argument("pack_folder", metavar="[PACK]", required=False, shell_complete=tab.paths)
@click.option(
    "--texts",
    required=True,
    metavar="DIR",
    shell_complete=tab.folders,
    help="The folder with the sources' texts, <source id>.txt.",
)
@click.option("--renew", is_flag=True, help="Accept passages whose words changed; you have read them again.")
@click.option("--dry-run", is_flag=True, help="Change no ledger; exit 1 if it would change.")
def command(pack_folder: str | None, texts: str, renew: bool, dry_run: bool) -> None:
    """Find every cited passage in its source's text, and the answer in the passage.

    What holds is recorded in the pack's ledger (ledger.json) with the passage's SHA-256 and the day, so that
    `quizgen check` can tell later, without the texts, whether a citation was verified as it stands.
    Without PACK, the shipped pack is verified. Exit code 1 if a citation fails.

    \b
    quizgen verify my-pack/ --texts texts/
    """
    from quizgen.cli.common import fail
    from quizgen.facts import ledger
    from quizgen.facts.load import load_pack
    from quizgen.facts.verify import verify

    pack, problems = load_pack(Path(pack_folder) if pack_folder else shipped.packs()[shipped.DEFAULT_DECK])
    if pack is None:
        fail(problems)
    with terminal.progress("Verifying", len(pack.facts)) as advance:
        result = verify(pack, Path(texts), clock.today().isoformat(), renew=renew, advance=advance)
    if result.problems and not result.citations:
        fail(sorted(result.problems))  # nothing could be looked at, so there is nothing to record
    path = ledger.ledger_path(pack)
    data = ledger.dump(result.entries)
    stale = not path.exists() or path.read_bytes() != data
    if stale and not dry_run:
        try:
            write_atomically(path, data)
        except OSError as error:
            fail([writing_problem(path, error)])
    for problem in sorted(result.problems):
        terminal.err(str(problem))
    held = len(result.entries) - result.kept
    terminal.out(f"{held} of {result.citations} citations hold, {result.fresh} of them newly verified.")
    if dry_run and stale:
        terminal.err(f"{path} is not up to date; run `{ledger.verify_command(pack)}`")
    sys.exit(1 if result.problems or (dry_run and stale) else 0)
