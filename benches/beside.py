#!/usr/bin/env python3
"""The same text set by us, by typst and by LibreOffice: python3 benches/beside.py PASSERELLE WORKSPACE ID FOLDER

Writes the three PDFs into FOLDER, to be looked at, and one line for each: pages, lines, and of the lines of running text
that are justified: how many end with a hyphen, pairs of such lines running, the widest space between two words (in ems: a
normal one is a quarter), how many have a space wider than half an em, and rivers (spaces that fall under one another in
three lines running).
Same face (Source Serif 4, from assets/fonts), size, measure and language. Needs poppler-utils; PyPI's typst and
LibreOffice are left out when they are not there.
"""

import html
import pathlib
import re
import shutil
import subprocess
import sys

SIZE = 10.5
FONTS = pathlib.Path(__file__).resolve().parent.parent / "assets" / "fonts"


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)


def by_typst(text, pdf):
    import typst

    escaped = re.sub(r"([#$*_`@<>\\\[\]~=/+-])", r"\\\1", text)
    source = pdf.with_suffix(".typ")
    source.write_text(
        '#set page("a4", margin: (x: 2.5cm, top: 2.5cm, bottom: 2.4cm))\n'
        f'#set text(lang: "fr", font: "Source Serif 4", size: {SIZE}pt)\n#set par(justify: true)\n'
        + escaped.replace("\n", "\n\n"),
        encoding="utf-8",
    )
    typst.compile(source, output=pdf, font_paths=[FONTS])


def by_libreoffice(text, pdf):
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    source = pdf.with_suffix(".html")
    source.write_text(
        '<html lang="fr"><head><meta charset="utf-8"><style>@page { size: 21cm 29.7cm; margin: 2.5cm }'
        f'p {{ font-family: "Source Serif 4"; font-size: {SIZE}pt; text-align: justify; margin: 0 0 6pt }}</style>'
        f"</head><body>{paragraphs}</body></html>",
        encoding="utf-8",
    )
    run("soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", pdf.parent, source)


def lines_of(pdf):
    """For each page, its lines: the words of each with their left and right."""
    xml = run("pdftotext", "-bbox", pdf, "-").stdout
    for page in xml.split("<page ")[1:]:
        words = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)
        lines = []
        for left, right, foot, word in words:
            left, right, foot = float(left), float(right), float(foot)
            if lines and abs(lines[-1][0] - foot) < 2.5 and left > lines[-1][1][-1][1] - 1:
                lines[-1][1].append((left, right, html.unescape(word)))
            else:
                lines.append((foot, [(left, right, html.unescape(word))]))
        yield [words for _, words in lines]


def measure(pdf):
    pages = list(lines_of(pdf))
    lines = justified = hyphens = pairs = wide = rivers = 0
    widest = 0.0
    for page in pages:
        full = max((line[-1][1] for line in page), default=0)
        before, above = False, []
        for line in page:
            lines += 1
            hyphen = line[-1][2].endswith(("-", "\u00ad", "\u2010")) and line[-1][1] > full - 8
            pairs += hyphen and before
            before = hyphen
            # What follows the label of a list or a note stands at its own place.
            label = re.fullmatch(r"–|\d+\.?|\d+\.\d+", line[0][2])
            words = line[1:] if label else line
            gaps = [(a[1], b[0]) for a, b in zip(words, words[1:])]
            # Only lines that reach the right margin, and are running text, are justified; a wider space than two ems is
            # a column of a table, a leader or a place to fill.
            largest = max((right - left for left, right in gaps), default=0) / SIZE
            # A line may end before the margin by what typst hangs into it: a hyphen, a comma.
            if len(line) <= 5 or abs(line[-1][1] - full) > 6 or largest >= 2:
                above = []
                continue
            justified += 1
            hyphens += hyphen
            widest = max(widest, largest)
            wide += largest > 0.5
            above = [
                (left, right, depth + 1)
                for left, right in gaps
                for depth in [max((d for l, r, d in above if l < right and left < r), default=0)]
            ]
            rivers += sum(depth == 3 for _, _, depth in above)
    share = 100 / max(justified, 1)
    return f"{len(pages)} pages, {lines} lines, {justified} justified: {hyphens * share:.1f} % hyphenated " \
        f"({pairs} pairs running), widest space {widest:.2f} em, {wide} lines above half an em, {rivers * share:.1f} % rivers"


def main():
    passerelle, workspace, convention, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    run(passerelle, "exporter", "texte", workspace, convention, "-o", folder / "text.txt", "--remplacer")
    run(passerelle, "exporter", "pdf", workspace, convention, "-o", folder / "passerelle.pdf", "--remplacer")
    text = (folder / "text.txt").read_text(encoding="utf-8")
    print("passerelle ", measure(folder / "passerelle.pdf"))
    try:
        by_typst(text, folder / "typst.pdf")
        print("typst      ", measure(folder / "typst.pdf"))
    except ImportError:
        print("typst       is not there: pip install typst")
    if shutil.which("soffice"):
        by_libreoffice(text, folder / "libreoffice.pdf")
        print("libreoffice", measure(folder / "libreoffice.pdf"))
    else:
        print("libreoffice is not there: apt-get install libreoffice-writer-nogui")


if __name__ == "__main__":
    main()
