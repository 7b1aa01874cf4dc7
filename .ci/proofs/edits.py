"""What the proofs of keeping know of examples/edits.rs: how to run it, and what it must have left.

The state after an edit is computed here a second time, so that the program is not compared with itself.
"""

import os
import re
import subprocess
from pathlib import Path

PROGRAM = Path(os.environ["CARGO_TARGET_DIR"]) / "release/examples/edits"
WORK = Path(os.environ["WORK"])

PARTNERS = 20
GROUP = 5
TIME = 60

# What the program says, and waits, before it opens and once it has.
OPENING, OPEN = "avant l’ouverture", "ouvert"

# The calls by which files come to be on the disk, and what makes strace name their files.
CALLS = "write,fsync,fdatasync,syncfs,rename,renameat,renameat2,unlink,unlinkat"
NAMED = ["-y", "-s", "8"]

# How many edits it makes while it is traced.
RUN = 2


def touched(edit):
    """The partners that an edit touches: one, or a group once in ten."""
    if edit % 10 == 0:
        return [(edit // 10 * 3 + place) % PARTNERS for place in range(GROUP)]
    return [edit % PARTNERS]


def state(last):
    """The number of each partner after that edit."""
    numbers = [0] * PARTNERS
    for edit in range(1, last + 1):
        for place in touched(edit):
            numbers[place] = edit
    return numbers


def run(*arguments):
    """Runs the program to its end: its exit status and its lines."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=TIME)
    return done.returncode, done.stdout.splitlines()


def read(folder):
    """The number of each partner as a reader finds it. Anything else that is noticed is a failure."""
    status, lines = run(folder, "--check")
    numbers = [int(found[1]) for line in lines if (found := re.fullmatch(r"partenaire \d+ (\d+)", line))]
    assert status == 0 and len(numbers) == len(lines) == PARTNERS, f"{folder}: exit {status}, {lines}"
    return numbers


def reopen(folder, allowed):
    """Reads, opens for writing, reads again: one of the allowed edits is the last, and nothing lies about."""
    before = read(folder)
    known = {edit: state(edit) for edit in allowed}
    assert before in known.values(), f"{folder}: {before}, not the state after {allowed}"

    status, lines = run(folder, 0)
    assert status == 0 and lines == [], f"{folder}: exit {status}, {lines}"
    assert leftovers(folder) == [], f"{folder}: {leftovers(folder)}"
    assert not journal(folder).exists(), f"{folder}: the journal is still there"
    after = read(folder)
    assert after == before, f"{folder}: {before} for a reader, then {after}"
    return next(edit for edit, numbers in known.items() if numbers == after)


def leftovers(folder):
    return sorted(str(path) for path in Path(folder).rglob(".passerelle-*.tmp"))


def journal(folder):
    return Path(folder) / ".passerelle/journal.json"


class Traced:
    """A run of the program, strace attached when it says that it is there."""

    def __init__(self, folder, place, options):
        log = Path(folder).with_suffix(".strace")
        program = subprocess.Popen(
            [PROGRAM, folder, str(RUN), "--steps"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for step in (OPENING, OPEN):
            said = program.stdout.readline().strip()
            assert said == step, said
            if step == place:
                break
            self._go_on(program, 1)
        tracer = subprocess.Popen(
            ["strace", *options, "-o", log, "-p", str(program.pid)], stderr=subprocess.PIPE, text=True
        )
        said = tracer.stderr.readline()
        assert "attached" in said, said

        self._go_on(program, 2)
        self.lines = program.communicate(timeout=TIME)[0].splitlines()
        tracer.communicate(timeout=TIME)
        self.status = program.returncode
        self.log = log.read_text(encoding="utf-8", errors="replace")
        log.unlink()

    @staticmethod
    def _go_on(program, lines):
        program.stdin.write("\n" * lines)
        program.stdin.flush()


def calls(log):
    """Each call that succeeded, with its arguments, in the order in which they end."""
    begun = {}
    for line in log.splitlines():
        thread, text = line.split(maxsplit=1)
        # Threads cut each other's lines.
        if text.endswith("<unfinished ...>"):
            begun[thread] = text.removesuffix("<unfinished ...>")
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>", text):
            text = begun.pop(thread, "") + text[resumed.end():]
        if found := re.match(r"(\w+)\((.*)\)\s*= \d+", text):
            yield found[1], found[2]


def waits(log, folder, answered=False):
    """Goes through the calls of all threads as a disk that keeps only what was waited for.

    Fails when an edit is acknowledged that a power cut could take. `answered` says whether a journal is there that
    answers for what is not on the disk. Counts edits acknowledged, files renamed, and how many of them under a journal.
    """
    kept_journal = journal(folder)
    # Files whose bytes, and whose names, are not on the disk yet.
    unwritten, unnamed = set(), set()
    acknowledged = renamed = together = 0

    def lost():
        return {path for path in unwritten | unnamed if path != kept_journal and not path.name.startswith(".")}

    for call, arguments in calls(log):
        paths = [Path(path) for path in re.findall(rf'[<"]({re.escape(str(folder))}[^>"]*)[>"]', arguments)]
        if call == "write" and not paths:
            if re.search(r'"\d+\\n"', arguments):
                acknowledged += 1
                assert answered or not lost(), f"acknowledged before {lost()} is on the disk"
        elif call == "write":
            unwritten.add(paths[0])
        elif call == "syncfs":
            unwritten, unnamed = set(), set()
        elif call in ("fsync", "fdatasync"):
            answered = answered or (kept_journal in unnamed and paths[0] == kept_journal.parent)
            unwritten.discard(paths[0])
            unnamed = {path for path in unnamed if path.parent != paths[0]}
        elif call.startswith("rename"):
            before, after = paths
            ours = kept_journal.parent in after.parents and after != kept_journal
            if before in unwritten and not ours:
                assert answered and after != kept_journal, f"{after} takes its name before its bytes are on the disk"
                unwritten.add(after)
                together += 1
            unwritten.discard(before)
            if not ours:
                # Gone, but not for certain.
                assert answered or after == kept_journal or kept_journal not in unnamed, f"an old journal can undo {after}"
                unnamed.add(after)
                renamed += 1
        elif call.startswith("unlink") and paths == [kept_journal]:
            assert not lost(), f"the journal goes before {lost()} is on the disk"
            unnamed.add(kept_journal)
            answered = False
    return acknowledged, renamed, together
