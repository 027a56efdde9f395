"""`quizgen completion`: what makes Tab complete quizgen's words in bash, zsh and fish."""

from __future__ import annotations

import click
from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    get_completion_class,
)

from quizgen import terminal

PROGRAM, VARIABLE = "quizgen", "_QUIZGEN_COMPLETE"
SHELLS = ("bash", "zsh", "fish")

# click's own scripts, with three things mended: nothing is ever written to standard error in the middle of
# a line that somebody types; bash 3.2, which knows no `nosort`, is served; and fish keeps a description whole
# that has a comma in it.
_BASH = """\
%(complete_func)s() {
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(IFS=$'\\n'; COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete command "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

_ZSH = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local -a names described response
    local kind value words_of_it
    (( $+commands[%(prog_name)s] )) || return 1
    response=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete command %(prog_name)s 2>/dev/null)}")
    for kind value words_of_it in $response; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain)
                if [[ $words_of_it == _ ]]; then
                    names+=("$value")
                else
                    described+=("$value:$words_of_it")
                fi ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U
    (( $#names )) && compadd -U -V unsorted -a names
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = """\
function %(complete_func)s
    set -l response (COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -ct) \\
        %(complete_var)s=fish_complete command %(prog_name)s 2>/dev/null)
    for line in $response
        set -l found (string split -m 1 -- , $line)
        switch $found[1]
            case dir
                __fish_complete_directories $found[2]
            case file
                __fish_complete_path $found[2]
            case plain
                echo $found[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


class _Quiet(ShellComplete):
    """Completes what it can; where anything goes wrong, it says nothing: no error may reach a prompt."""

    def source(self) -> str:
        """The script. click would start a bash here to ask for its version; the script does without."""
        return self.source_template % self.source_vars()

    def complete(self) -> str:
        """The answer to a shell."""
        try:
            return super().complete()
        except (Exception, SystemExit):
            return ""


class _Bash(_Quiet, BashComplete):
    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words so far and the one begun. bash hands `--topic=gs` over as three words."""
        words, begun = super().get_completion_args()
        return [word for word in words if word != "="], begun


class _Zsh(_Quiet, ZshComplete):
    source_template = _ZSH


class _Fish(_Quiet, FishComplete):
    source_template = _FISH


def register() -> None:
    """Let click answer shells with the classes above. Called when a shell asks, and when a script is made."""
    for kind in (_Bash, _Zsh, _Fish):
        add_completion_class(kind)


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print a script that lets Tab complete commands, options, and the names of decks, topics, items, facts
    and sources.

    To have it in every new shell, write it once to where the shell looks. A new quizgen seldom needs a new
    script: the script asks the quizgen that is installed.

    \b
    quizgen completion bash > ~/.local/share/bash-completion/completions/quizgen
    quizgen completion zsh > ~/.zfunc/_quizgen
    quizgen completion fish > ~/.config/fish/completions/quizgen.fish
    eval "$(quizgen completion bash)"             in this shell alone, bash or zsh

    bash needs the package bash-completion; without it, source the file in ~/.bashrc. zsh needs, in ~/.zshrc:
    fpath+=(~/.zfunc); autoload -Uz compinit; compinit. Make a folder first where it isn't there (mkdir -p).
    """
    from quizgen.cli import main

    register()
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  it was registered just now
    terminal.out(kind(main, {}, PROGRAM, VARIABLE).source().rstrip("\n"))
