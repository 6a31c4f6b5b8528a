"""How many lines a second `paddock template batch` renders: the reference cases, each with its template and context.

python3 docs/bench/template-batch.py [RUNS] [DIRECTORY of cases.jsonl, contexts.jsonl and templates.jsonl]
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from common import INSTALL, summary

DATA = pathlib.Path(__file__).parents[2] / ".." / "shared" / "data" / "jinja"


def by_name(file, key, value):
    with open(file, encoding="utf-8") as lines:
        return {sample[key]: sample[value] for sample in map(json.loads, lines)}


def orders(data):
    """The input, and how many lines it has."""
    templates = by_name(data / "templates.jsonl", "template", "text")
    contexts = by_name(data / "contexts.jsonl", "context", "value")
    with open(data / "cases.jsonl", encoding="utf-8") as lines:
        made = [json.dumps({"kind": "jinja", "template": templates[case["template"]], "now": "2026-01-15T14:05:09",
                            "context": contexts[case["context"]]}) for case in map(json.loads, lines)]
    return "".join(line + "\n" for line in made).encode(), len(made)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    text, count = orders(pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else DATA)
    wall, cpu = [], []
    with tempfile.TemporaryFile() as file:
        file.write(text)
        for _ in range(runs):
            file.seek(0)
            before, begin = os.times(), time.perf_counter()
            subprocess.run([INSTALL / "bin" / "paddock", "template", "batch"], stdin=file, check=True,
                           stdout=subprocess.DEVNULL)
            wall.append(count / (time.perf_counter() - begin))
            after = os.times()
            cpu.append(count / (after.children_user + after.children_system
                                - before.children_user - before.children_system))
    print(f"{count} lines, {len(text) / 1e6:.1f} MB, load {os.getloadavg()[0]:.1f}")
    summary("lines a second, the start of the process included", wall, "lines/s")
    summary("lines a second of one core's time", cpu, "lines/s")


main()
