"""Decode speed through HTTP against a raw loop in the same runner jar, run in turn.

java -cp distribution/target/paddock/bundles/dev.paddock.gguf.jar dev.paddock.gguf.random.RandomModel \
    --size 1b --type q4_0 --seed 1 /tmp/1b.gguf
python3 docs/bench/decode.py /tmp/1b.gguf [RUNS] [THREADS]
"""
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from common import ROOT, Server, libraries, summary

PREDICT = 128
PROMPT = 32


def java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def raw(natives, model, threads):
    """Tokens a second of the plain loop: llama_decode and a greedy sample, nothing else."""
    backends = sorted(p.name for p in natives.iterdir() if p.name.startswith("libggml-cpu-"))
    command = [java(), "--enable-native-access=ALL-UNNAMED", "-cp", str(runner_jar()), "dev.paddock.runner.Main", "raw",
               "--libs", str(natives), "--backend", ",".join(backends), "--model", model, "--prompt-tokens", str(PROMPT),
               "--predict", str(PREDICT), "--threads", str(threads), "--runs", "1"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])["decode_tps"][0]


def runner_jar():
    return next((ROOT / "bundles" / "runner" / "target").glob("runner-*-SNAPSHOT.jar"))


def through_http(server):
    """Tokens a second as a client of a stream sees them, from the first piece to the last."""
    body = {"model": "bench", "prompt": "word " * (PROMPT // 2), "raw": True, "stream": True,
            "options": {"temperature": 0, "num_predict": PREDICT}}
    times = [(at, line) for at, line in server.post("/api/generate", body)]
    last = times[-1][1]
    return (last["eval_count"] - 1) / (times[-1][0] - times[0][0])


def main():
    model = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else os.cpu_count()
    with Server(environment={"PADDOCK_THREADS": str(threads)}) as server:
        server.create("bench", model)
        through_http(server)
        natives = libraries(server.home)
        raws, https, ratios = [], [], []
        for _ in range(runs):
            a, b = raw(natives, model, threads), through_http(server)
            raws.append(a)
            https.append(b)
            ratios.append(b / a)
    summary(f"raw loop, {threads} threads", raws, "tokens/s")
    summary(f"through HTTP, {threads} threads", https, "tokens/s")
    summary("ratio through HTTP / raw, run by run", ratios, "")
    print(f"median through HTTP / median raw: {statistics.median(https) / statistics.median(raws):.3f}")


if __name__ == "__main__":
    main()
