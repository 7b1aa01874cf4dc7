#!/usr/bin/env python3
"""What a PDF reads back, by other programs than ours, against what examples/conventions.rs says that it must.

    text.py FOLDER

For each x.pdf of the folder with its x.lines: poppler's reading of the structure is, piece by piece and in order, the
composed text; every word of it is in what pdftotext copies; poppler and MuPDF agree on pages and fonts; qpdf has
nothing to say.
"""

import collections
import concurrent.futures
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

# Elements that hold a piece of text of their own; others are parts of it or hold pieces.
PIECES = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "TOCI", "LI", "Caption", "TH", "TD", "Figure"}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def letters(text):
    """What two programs must agree on: letters and figures; not spaces, hyphens or the forms of a letter."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNM").casefold()


def structure(pdf):
    """The pieces of the structure as poppler reads them: kind and text, replacement texts applied."""
    status, out, err = run("pdfinfo", "-struct-text", str(pdf))
    assert status == 0, err
    pieces, open_pieces = [], []
    # A string may hold line breaks of its own.
    for line in re.split(r"\n(?=\s*(?:\"|[A-Za-z0-9]+(?: \(|$|\n)|Object))", out):
        depth = len(line) - len(line.lstrip(" "))
        said = line.strip()
        while open_pieces and open_pieces[-1][0] >= depth:
            open_pieces.pop()
        if said.startswith('"'):
            if open_pieces:
                open_pieces[-1][1][1] += said.strip('"')
            continue
        kind = said.split(" ")[0]
        if kind in PIECES and not (kind == "P" and any(it[1][0] in ("LI", "TH", "TD", "TOCI") for it in open_pieces)):
            piece = [kind, ""]
            pieces.append(piece)
            open_pieces.append((depth, piece))
    return pieces


def expected(path):
    pieces = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("\t")
        pieces.append((kind, text))
    return pieces


def same_structure(pdf, lines):
    """Piece by piece. The page of an entry of contents is not in the text; a signature is several paragraphs."""
    found = [(kind, letters(text)) for kind, text in structure(pdf)]
    found = [it for it in found if it[1] or it[0] == "Figure"]
    place = 0
    for kind, text in expected(lines):
        wanted = letters(text)
        if kind == "Figure":
            assert found[place][0] == "Figure", (found[place], text)
            place += 1
            continue
        if not wanted:
            continue
        got = ""
        if kind == "Signature":
            while place < len(found) and len(got) < len(wanted):
                got += found[place][1]
                place += 1
        else:
            got = found[place][1] if place < len(found) else ""
            place += 1
        if kind == "TOCI":
            got = re.sub(r"\d+$", "", got)
            wanted = re.sub(r"\d+$", "", wanted)
        assert got == wanted, f"piece {place}, {kind}: {got[:120]!r} instead of {wanted[:120]!r}"
    assert place == len(found), f"{len(found) - place} pieces more: {found[place]}"
    return len(found)


def same_words(pdf, lines):
    status, out, err = run("pdftotext", str(pdf), "-")
    assert status == 0, err
    assert "\ufffd" not in out, "U+FFFD"
    whole = letters(out)
    copied = collections.Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", out)))
    missing = []
    for kind, text in expected(lines):
        if kind == "Figure":
            continue
        for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text)):
            if word not in copied and letters(word) not in whole:
                missing.append(word)
    return missing


def same_readers(pdf):
    status, out, err = run("qpdf", "--check", str(pdf))
    assert status == 0 and "WARNING" not in out + err, out + err
    poppler = re.search(r"^Pages: +(\d+)", run("pdfinfo", str(pdf))[1], re.M)[1]
    mupdf = run("mutool", "info", str(pdf))[1]
    assert re.search(r"^Pages: (\d+)", mupdf, re.M)[1] == poppler, "pages"
    fonts = run("pdffonts", str(pdf))[1].splitlines()[2:]
    assert all(re.search(r"yes yes yes +\d+ +\d+$", line) for line in fonts), fonts
    ours = {line.split()[0] for line in fonts}
    theirs = set(re.findall(r"'([A-Z]{6}\+[^']+)'", mupdf))
    assert ours == theirs, (ours, theirs)
    return int(poppler)


def check(pdf):
    lines = pdf.with_suffix(".lines")
    try:
        pieces = same_structure(pdf, lines)
        missing = same_words(pdf, lines)
        assert not missing, f"not copied: {missing[:5]}"
        return pdf.name, pieces, same_readers(pdf), None
    except (AssertionError, IndexError, subprocess.TimeoutExpired) as failed:
        return pdf.name, 0, 0, str(failed)[:600]


def main():
    files = sorted(Path(sys.argv[1]).glob("*.pdf"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = list(pool.map(check, files))
    failed = [(name, why) for name, _, _, why in done if why]
    for name, why in failed[:12]:
        print(f"FAILS {name}: {why}")
    pieces, pages = sum(it[1] for it in done), sum(it[2] for it in done)
    print(f"mesure: {len(files)} PDF, {pages} pages, {pieces} pieces of text read back in order, {len(failed)} fail")
    assert files and not failed


main()
