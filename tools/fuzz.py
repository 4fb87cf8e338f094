"""`make fuzz`: atheris feeds each parser with damaged input for a few seconds; what breaks one is kept in var/fuzz.

Again with one input: `.venv/bin/python -m tools.fuzz --input var/fuzz/crash-… NAME`.
"""

import argparse
import os
import sys
import tempfile
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: it has wheels for Linux on x86-64 only; make fuzz runs there")

with redirect_stderr(StringIO()), atheris.instrument_imports(include=["crawler", "jobalerts"]):
    from tools.fuzz_targets import Target, targets

    TARGETS = targets()  # loads the sources

SLOWEST_S = 20
"""An input that takes longer is a find, too."""
LARGEST_BYTES = 65_536
KEPT = Path("var/fuzz")


def main() -> int:
    """Fuzz what is named (all when nothing is); 1 when anything broke."""
    arguments = _arguments()
    chosen = [target for target in TARGETS if not arguments.names or target.name in arguments.names]
    if not chosen:
        sys.exit(f"there is no such target; there are {', '.join(target.name for target in TARGETS)}")
    if arguments.input:
        chosen[0].parse(arguments.input.read_bytes())
        return 0
    for target in chosen:  # tables and models are loaded here once, not in the first seconds of each
        for seed in target.seeds:
            target.parse(seed)
    KEPT.mkdir(parents=True, exist_ok=True)
    broken = [target.name for target in chosen if not _survives(target, arguments.seconds)]
    print(
        f"{len(chosen) - len(broken)} of {len(chosen)} parsers held", *(f"BROKEN: {name}" for name in broken), sep="\n"
    )
    return 1 if broken else 0


def _survives(target: Target, seconds: int) -> bool:
    """In a process of its own, because libFuzzer ends the process it runs in."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds):
            Path(corpus, str(number)).write_bytes(seed)
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _fuzz(target, seconds, corpus)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print(f"{target.name:24} {'held' if code == 0 else f'BROKE: see {KEPT}/{target.name}-*'}", flush=True)
    if code:
        print(_told(target))
    return code == 0


def _told(target: Target) -> str:
    """What libFuzzer said of the end, without its beginning."""
    log = Path(KEPT, f"{target.name}.log").read_text(errors="replace")
    start = max(log.find(" === Uncaught"), log.find("ALARM"), log.find("==ERROR"), 0)
    return log[start:][:3000]


def _fuzz(target: Target, seconds: int, corpus: str) -> None:
    options = [
        sys.argv[0], f"-max_total_time={seconds}", f"-timeout={SLOWEST_S}", f"-max_len={LARGEST_BYTES}",
        f"-artifact_prefix={KEPT}/{target.name}-", "-rss_limit_mb=2048", "-verbosity=0", "-print_final_stats=0", corpus,
    ]  # fmt: skip
    log = os.open(KEPT / f"{target.name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    atheris.Setup(options, target.parse)
    atheris.Fuzz()
    os._exit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a parser; without one: all")
    parser.add_argument("--seconds", type=int, default=5, help="for each parser [5]")
    parser.add_argument("--input", type=Path, help="read this one file and nothing else")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
