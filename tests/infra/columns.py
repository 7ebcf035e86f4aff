#!/usr/bin/env python3
"""The columns that Terraform needs to know, from where they are defined.

  columns.py           compares infra-terraform's copies with the warehouse's scripts
  columns.py --write   writes them anew

Silver: the CREATE TABLE and ADD COLUMN statements of warehouse-sql/migrations, without batch_id, which the loader adds.
bi views: docs/data-dictionary.md, which a test of the warehouse holds equal to the views of a migrated database.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTITIES = ["flight_event", "baggage_event", "security_event", "ground_event"]
GLUE = {"VARCHAR": "string", "INTEGER": "int", "BIGINT": "bigint", "DOUBLE PRECISION": "double", "DATE": "date", "TIMESTAMP": "timestamp", "BOOLEAN": "boolean"}
QUICKSIGHT = {"VARCHAR": "STRING", "TEXT": "STRING", "INTEGER": "INTEGER", "BIGINT": "INTEGER", "DOUBLE PRECISION": "DECIMAL", "DECIMAL": "DECIMAL", "DATE": "DATETIME",
              "TIMESTAMP": "DATETIME", "BOOLEAN": "BOOLEAN"}


def bare(sql_type):
    """VARCHAR(64) NOT NULL -> VARCHAR"""
    return re.match(r"DOUBLE PRECISION|[A-Z]+", sql_type.strip()).group(0)


def silver():
    text = "\n".join(path.read_text() for path in sorted((ROOT / "warehouse-sql/migrations").glob("V*.sql")))
    text = re.sub(r"--[^\n]*", "", text)
    tables = {}
    for entity in ENTITIES:
        body = re.search(rf"CREATE TABLE staging\.{entity} \((.*?)\n\)", text, re.S).group(1)
        columns = [line.strip().rstrip(",").split(" ", 1) for line in body.splitlines() if line.strip()]
        # A column that takes another's name stands in for it: Silver's files keep theirs where it was.
        standins = re.findall(rf"ALTER TABLE staging\.{entity}\s+RENAME COLUMN (\w+) TO", text)
        columns += [added for added in re.findall(rf"ALTER TABLE staging\.{entity}\s+ADD COLUMN (\w+) ([^;]+);", text) if added[0] not in standins]
        comments = dict(re.findall(rf"COMMENT ON COLUMN staging\.{entity}\.(\w+) IS '((?:[^']|'')*)'", text))
        tables[entity] = {
            "comment": re.search(rf"COMMENT ON TABLE staging\.{entity} IS '((?:[^']|'')*)'", text).group(1).replace("''", "'"),
            "columns": [{"name": name, "type": GLUE[bare(kind)], "comment": comments[name].replace("''", "'")} for name, kind in columns if name != "batch_id"],
        }
    return tables


def views():
    found, view = {}, None
    for line in (ROOT / "docs/data-dictionary.md").read_text().splitlines():
        if heading := re.match(r"### (?:(bi)\.)?(\S+)", line):
            view = heading.group(2) if heading.group(1) else None
            if view:
                found[view] = []
        elif view and (row := re.match(r"\| +(\w+) \| ([A-Z][A-Z ]*(?:\([0-9,]+\))?) \|", line)):
            found[view].append({"name": row.group(1), "type": QUICKSIGHT[bare(row.group(2))]})
    return {name: found[name] for name in sorted(found)}


def main():
    files = {ROOT / "infra-terraform/modules/catalog/silver.json": silver(), ROOT / "infra-terraform/modules/quicksight/views.json": views()}
    stale = []
    for path, content in files.items():
        text = json.dumps(content, indent=2) + "\n"
        if "--write" in sys.argv[1:]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale.append(str(path.relative_to(ROOT)))
    if stale:
        print(f"{', '.join(stale)}: not what the warehouse's scripts say; run tests/infra/columns.py --write", file=sys.stderr)
        return 1
    if len(views()) < 8 or any(len(columns) < 5 for columns in views().values()):
        print("docs/data-dictionary.md: fewer bi views or columns than there must be; the pattern that reads it no longer fits", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
