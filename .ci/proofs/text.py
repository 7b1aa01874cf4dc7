#!/usr/bin/env python3
"""What a PDF reads back, by other programs than ours, against what examples/conventions.rs says that it must.

    text.py FOLDER

For each x.pdf of the folder with its x.lines: every word of the composed text is in what pdftotext copies; poppler and
MuPDF agree on pages and fonts; qpdf has nothing to say. That the structure reads back piece by piece is a test of
src/export: poppler does not apply the replacement texts of elements.
"""

import collections
import concurrent.futures
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def letters(text):
    """What two programs must agree on: letters and figures; not spaces, hyphens or the forms of a letter."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if unicodedata.category(c)[0] in "LNM").casefold()


def expected(path):
    pieces = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("\t")
        pieces.append((kind, text))
    return pieces


def same_words(pdf, lines):
    status, out, err = run("pdftotext", str(pdf), "-")
    assert status == 0, err
    assert "\ufffd" not in out, "U+FFFD"
    whole = letters(out)
    copied = collections.Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", out)))
    words, missing = 0, []
    for kind, text in expected(lines):
        if kind == "Figure":
            continue
        # What stands for a place to fill is said by the structure alone.
        text = re.sub("⟦.*?⟧", " ", text)
        for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text)):
            words += 1
            if word not in copied and letters(word) not in whole:
                missing.append(word)
    return words, missing


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
        words, missing = same_words(pdf, lines)
        assert not missing, f"not copied: {missing[:5]}"
        return pdf.name, words, same_readers(pdf), None
    except (AssertionError, subprocess.TimeoutExpired) as failed:
        return pdf.name, 0, 0, str(failed)[:600]


def main():
    files = sorted(Path(sys.argv[1]).glob("*.pdf"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = list(pool.map(check, files))
    failed = [(name, why) for name, _, _, why in done if why]
    for name, why in failed[:12]:
        print(f"FAILS {name}: {why}")
    words, pages = sum(it[1] for it in done), sum(it[2] for it in done)
    print(f"mesure: {len(files)} PDF, {pages} pages, {words} words copied, {len(failed)} fail")
    assert files and not failed


main()
