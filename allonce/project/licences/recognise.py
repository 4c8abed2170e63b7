"""Which licence a text is, and which one a package says it has."""

import re

# Each licence by words that its text, and no other's, holds. First match wins within a file's text.
MARKS: tuple[tuple[str, str], ...] = (
    ("AGPL-3.0", r"gnu affero general public license"),
    ("LGPL", r"gnu (lesser|library) general public license"),
    ("GPL", r"gnu general public license"),
    ("Apache-2.0", r"apache license,? version 2\.0|apache\.org/licenses/license-2\.0"),
    ("MPL-2.0", r"mozilla public license,? (version|v\.?) ?2\.0"),
    ("OFL-1.1", r"sil open font license"),
    ("PSF-2.0", r"psf license agreement|python software foundation license"),
    ("BSL-1.0", r"boost software license"),
    ("BSD-3-Clause", r"neither the names? of .{0,240}? may be used to endorse|may not be used to endorse or promote"),
    ("BSD-2-Clause", r"redistributions? of source code must retain"),
    ("MIT-CMU", r"distribute this software and its documentation for any purpose and without fee"),
    ("MIT-0", r"mit no attribution|mit-0"),
    ("MIT", r"to deal in the software without restriction|\bmit license\b"),
    (
        "ISC",
        r"permission to use, copy, modify, and(/or)? distribute this software for any purpose with or without fee is"
        r" hereby granted, provided",
    ),
    (
        "0BSD",
        r"permission to use, copy, modify, and(/or)? distribute this software for any purpose with or without fee",
    ),
    ("Zlib", r"this software is provided 'as-is', without any express or implied warranty"),
    ("Unlicense", r"free and unencumbered software released into the public domain"),
    ("CC0-1.0", r"cc0 1\.0 universal"),
    ("CC-BY-4.0", r"creative commons attribution 4\.0"),
)
# What packages write about themselves, in classifiers, expressions or their own words.
CLAIMS: tuple[tuple[str, str], ...] = (
    ("AGPL-3.0", r"\bagpl|affero"),
    ("LGPL", r"\blgpl|lesser general public"),
    ("GPL", r"(?<![al])gpl|(?<!lesser )(?<!affero )gnu general public"),
    ("Apache-2.0", r"apache"),
    ("MPL-2.0", r"\bmpl\b|mozilla public"),
    ("OFL-1.1", r"\bofl\b|open font"),
    ("PSF-2.0", r"\bpsf\b|python software foundation|\bpython-2\.0"),
    ("BSL-1.0", r"\bbsl-1|boost"),
    ("BSD", r"(?<!0)bsd"),
    ("0BSD", r"\b0bsd\b"),
    ("MIT-CMU", r"mit-cmu|hpnd"),
    ("MIT-0", r"\bmit-0\b"),
    ("MIT", r"\bmit\b(?!-)"),
    ("ISC", r"\bisc\b|\biscl\b"),
    ("Zlib", r"\bzlib\b"),
    ("Unlicense", r"unlicense"),
    ("CC0-1.0", r"\bcc0\b"),
    ("CC-BY-4.0", r"cc-by-4"),
)
SPLITS = re.compile(r"(?i)\n[-=*_]{10,}\n|\bthe following licen[cs]e\b")


def licence_of_text(text: str) -> str:
    """The licence that a licence file holds, as an SPDX name, or "" when it is none that we know."""
    # The licence stands at the top; far below stand those of bundled parts and, in the GPL, other names.
    plain = re.sub(r"[^a-z0-9.,/()'\- ]+", " ", text[:6000].lower())
    plain = re.sub(r" +", " ", plain)
    found = [(match.start(), name) for name, mark in MARKS if (match := re.search(mark, plain))]
    return _most_telling(found)


def licences_claimed(words: str) -> frozenset[str]:
    """The licences that a package's metadata names, as SPDX names ("BSD" where the variant is not said)."""
    plain = words[:400].lower()
    return frozenset(name for name, mark in CLAIMS if re.search(mark, plain))


def agree(claimed: frozenset[str], found: frozenset[str]) -> bool:
    """Whether a file bears out at least one claim, and no file holds a stricter licence than was claimed."""
    claims = {_family(name) for name in claimed}
    held = {_family(name) for name in found}
    return bool(claims & held) and not (held & STRICT) - claims


STRICT = frozenset({"AGPL-3.0", "GPL", "LGPL"})


def _family(name: str) -> str:
    return "BSD" if name.startswith("BSD-") else "MIT" if name == "MIT-0" else name


def _most_telling(found: list[tuple[int, str]]) -> str:
    """Licences quote each other: the BSD variants share a beginning, MIT's grant is the widest-spread."""
    if not found:
        return ""
    names = [name for _, name in found]
    if "BSD-3-Clause" in names and "BSD-2-Clause" in names:
        names.remove("BSD-2-Clause")
        found = [(place, name) for place, name in found if name != "BSD-2-Clause"]
    return min(found, key=lambda pair: (pair[0], names.index(pair[1])))[1]
