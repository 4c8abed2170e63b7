"""No two front-end files import each other, however long the way round."""

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

CLIENTS = Path(__file__).resolve().parents[2] / "clients"
# Types vanish in the build, so only imports of values tie files together.
IMPORT = re.compile(r"""^(?:import|export)\s+(?!type\b)[^;]*?from\s+["'](\.[^"']+)["']""", re.M)


def ties_of(folder: Path) -> dict[Path, set[Path]]:
    files = [path for path in folder.rglob("*.ts*") if path.suffix in {".ts", ".tsx"}]
    return {file: {(file.parent / name).resolve() for name in IMPORT.findall(file.read_text())} for file in files}


@pytest.mark.parametrize("client", sorted(path.parent.name for path in CLIENTS.glob("*/src")))
def test_no_front_end_files_import_each_other_in_a_circle(client: str) -> None:
    TopologicalSorter(ties_of(CLIENTS / client / "src")).prepare()


def test_a_circle_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text('import { b } from "./b.ts";\n')
    (tmp_path / "b.ts").write_text('import {\n  a,\n} from "./a.ts";\n')
    with pytest.raises(CycleError):
        TopologicalSorter(ties_of(tmp_path)).prepare()
