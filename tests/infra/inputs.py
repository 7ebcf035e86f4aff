#!/usr/bin/env python3
"""Holds the READMEs of the modules and roots to their variables and outputs, and the tests to the variables.

  inputs.py           says what differs
  inputs.py --write   writes the tables of the READMEs anew

Every input but a yes or no has a validation with a message, and a run of infra-terraform/tests expects it to refuse something.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2] / "infra-terraform"
BEGIN, END = "<!-- inputs and outputs: tests/infra/inputs.py --write -->", "<!-- end -->"


def blocks(text, kind):
    """Name and body of each block of a kind; terraform fmt has put its closing brace at the beginning of a line."""
    return re.findall(rf'^{kind} "(\w+)" {{\n(.*?)^}}', text, re.S | re.M)


def attribute(body, name):
    """An attribute's text, over several lines where it is an object."""
    found = re.search(rf"^  {name} += (.*?)(?=^  \w+ +=|^  \w+ {{|\Z)", body, re.S | re.M)
    return re.sub(r"\s+", " ", found.group(1)).strip() if found else None


def text_of(folder, name):
    path = folder / name
    return path.read_text() if path.exists() else ""


def table(folder):
    lines = ["## Inputs", "", "| name | | type | default |", "| --- | --- | --- | --- |"]
    for name, body in blocks(text_of(folder, "variables.tf"), "variable"):
        description = attribute(body, "description").strip('"').replace('\\"', '"').replace("|", "\\|")
        default = attribute(body, "default")
        lines.append(f"| `{name}` | {description} | `{attribute(body, 'type')}` | {'required' if default is None else f'`{default}`'} |")
    lines += ["", "## Outputs", "", "| name | |", "| --- | --- |"]
    for name, body in blocks(text_of(folder, "outputs.tf"), "output"):
        lines.append(f"| `{name}` | {attribute(body, 'description').strip(chr(34))} |")
    return "\n".join(lines)


def with_table(readme, folder):
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{table(folder)}\n\n{END}{after}"


def refused_in_tests(folder):
    """Variables that runs of the folder's tests expect to refuse something."""
    found = set()
    place = folder.relative_to(ROOT)
    for path in (ROOT / "tests").glob("*.tftest.hcl"):
        for _, body in blocks(path.read_text(), "run"):
            if f'"./{place}"' in body:
                for names in re.findall(r"expect_failures = \[(.*?)\]", body, re.S):
                    found |= set(re.findall(r"var\.(\w+)", names))
    return found


def main():
    faults = []
    for folder in sorted([*(ROOT / "modules").iterdir(), *(ROOT / "envs").iterdir()]):
        where = folder.relative_to(ROOT)
        readme = folder / "README.md"
        text = readme.read_text() if readme.exists() else ""
        for heading in ("## Cost",):
            if heading not in text:
                faults.append(f"{where}/README.md: no {heading}")
        if BEGIN not in text:
            faults.append(f"{where}/README.md: no line {BEGIN}")
        elif "--write" in sys.argv[1:]:
            readme.write_text(with_table(text, folder))
        elif with_table(text, folder) != text:
            faults.append(f"{where}/README.md: its tables are not those of variables.tf and outputs.tf; run tests/infra/inputs.py --write")
        refused = refused_in_tests(folder)
        for name, body in blocks(text_of(folder, "variables.tf"), "variable"):
            if attribute(body, "description") is None or attribute(body, "type") is None:
                faults.append(f"{where}: input {name} has no description or no type")
            if attribute(body, "type") == "bool":
                continue
            if "validation {" not in body:
                faults.append(f"{where}: input {name} is not validated")
            if name not in refused:
                faults.append(f"{where}: no test gives input {name} something wrong")
        for name, body in blocks(text_of(folder, "outputs.tf"), "output"):
            if attribute(body, "description") is None:
                faults.append(f"{where}: output {name} has no description")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
