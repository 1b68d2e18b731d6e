"""The largest files, functions and classes: a place to think, not a verdict (sizes in docs/style are advice)."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADVICE = {"file": 300, "function": 40, "class": 15}


def main() -> None:
    rows: list[tuple[str, int, str]] = []
    for path in sorted((ROOT / "loa").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(ROOT))
        rows.append(("file", text.count("\n"), name))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                rows.append(("function", node.end_lineno - node.lineno + 1, f"{name}:{node.lineno} {node.name}"))
            if isinstance(node, ast.ClassDef):
                methods = sum(isinstance(part, ast.FunctionDef) for part in node.body)
                rows.append(("class", methods, f"{name}:{node.lineno} {node.name}"))
    outliers = [row for row in rows if row[1] > ADVICE[row[0]]]
    for kind, size, where in sorted(outliers, key=lambda row: (row[0], -row[1])):
        print(f"{kind} of {size} {'methods' if kind == 'class' else 'lines'}: {where}")


if __name__ == "__main__":
    main()
