"""`python -m allonce.pricing.translate OUT.js` writes OUT.js and OUT.d.ts."""

import sys
from pathlib import Path

from allonce.pricing.translate.declarations import declarations
from allonce.pricing.translate.modules import translate
from allonce.pricing.translate.refusal import Refused


def main(arguments: list[str]) -> int:
    """Write both files, or say where the source leaves the subset."""
    if len(arguments) != 1 or not arguments[0].endswith(".js"):
        sys.stderr.write("usage: python -m allonce.pricing.translate OUT.js\n")
        return 2
    out = Path(arguments[0])
    try:
        script, types = translate(), declarations()
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(script, "utf-8")
    out.with_suffix(".d.ts").write_text(types, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
