"""What the engine promises, each as a ratio within one run: time to first token with a cached prefix, restoring from host
memory, the longest pause of a stream beside a long prompt, speculation on a copy task, several streams against a raw loop.

paddock bench make --size 1b --quant q4_0 /tmp/1b.gguf
python3 docs/bench/engine.py /tmp/1b.gguf [RUNS] [THREADS] [cache restore gap copy streams]
"""
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time

from common import INSTALL, Server, summary

PREFIX = 2000
LONG_PROMPT = 4000
STREAMS = 8
PREDICT = 64


def words(count, seed):
    """A raw prompt of about so many tokens that no other seed shares a beginning with."""
    rng = random.Random(seed)
    return " ".join(str(rng.randint(0, 9)) for _ in range(count // 2))


def ask(server, prompt, predict, model="bench", **more):
    body = {"model": model, "prompt": prompt, "raw": True, "stream": True,
            "options": {"temperature": 0, "num_predict": predict, **more}}
    begin = time.perf_counter()
    times = list(server.post("/api/generate", body))
    return [(at - begin, line) for at, line in times]


def first(answer):
    return answer[0][0]


def cold_and_cached(server, seed):
    prompt = words(PREFIX, seed)
    cold, cached = ask(server, prompt, 2), ask(server, prompt + " 5", 2)
    return first(cold), first(cached), cold[-1][1]


def cache(model, runs, threads):
    colds, cacheds = [], []
    with Server(environment={"PADDOCK_THREADS": str(threads)}) as server:
        server.create("bench", model)
        ask(server, "warm", 2)
        for run in range(runs):
            cold, cached, last = cold_and_cached(server, run)
            colds.append(cold)
            cacheds.append(cached)
    print(f"prompt tokens: {last['prompt_eval_count']}")
    summary("first token, nothing cached", colds, "s")
    summary("first token, prefix in the KV cache", cacheds, "s")
    summary("cached / cold, run by run", [b / a for a, b in zip(colds, cacheds)], "")


def restore(model, runs, threads):
    """A context that holds little more than one prompt: the next one pushes it out into host memory."""
    ratios, restored = [], []
    environment = {"PADDOCK_THREADS": str(threads), "PADDOCK_NUM_PARALLEL": "1", "PADDOCK_CONTEXT_LENGTH": "2560"}
    with Server(environment=environment) as server:
        server.create("bench", model)
        ask(server, "warm", 2)
        for run in range(runs):
            prompt = words(PREFIX, 100 + run)
            cold = first(ask(server, prompt, 2))
            ask(server, words(PREFIX, 1000 + run), 2)
            again = first(ask(server, prompt + " 5", 2))
            restored.append(again)
            ratios.append(again / cold)
    summary("first token, prefix restored from host memory", restored, "s")
    summary("restored / cold, run by run", ratios, "")


def listen(server, times):
    body = {"model": "bench", "prompt": "go", "raw": True, "options": {"temperature": 0, "num_predict": 1500}}
    for at, _ in server.post("/api/generate", body):
        times.append(at)


def gap(model, runs, threads):
    """Gaps of a stream while a long prompt is computed beside it, in micro-batches of the same machine at the same time."""
    environment = {"PADDOCK_THREADS": str(threads), "PADDOCK_CONTEXT_LENGTH": "4608", "PADDOCK_NUM_PARALLEL": "4"}
    longest, relative = [], []
    with Server(environment=environment) as server:
        server.create("bench", model)
        ask(server, "warm", 2)
        for run in range(runs):
            prompt = ask(server, words(512, 2000 + run), 1)
            micro_batch = prompt[-1][1]["prompt_eval_duration"] / 1e9 * 512 / prompt[-1][1]["prompt_eval_count"]
            times = []
            stream = threading.Thread(target=listen, args=(server, times))
            stream.start()
            while len(times) < 5:
                time.sleep(0.01)
            begin = time.perf_counter()
            ask(server, words(LONG_PROMPT, 3000 + run), 1)
            end = time.perf_counter()
            stream.join()
            if times[-1] < end:
                raise SystemExit("the stream ended before the long prompt was computed; raise num_predict")
            gaps = [b - a for a, b in zip(times, times[1:]) if b > begin and a < end]
            longest.append(max(gaps))
            relative.append(max(gaps) / micro_batch)
    summary("longest gap between tokens", longest, "s")
    summary("the same in micro-batches of 512 tokens", relative, "")


COPY = ("<|im_start|>user\nRepeat: the quiet river sings and the little pony walks home over the green hill while the old"
        " clock in the village says that it is late<|im_end|>\n<|im_start|>assistant\n")


def copy(_, runs, threads):
    speeds = {"off": [], "auto": []}
    texts = set()
    for _ in range(runs):
        for mode in speeds:
            environment = {"PADDOCK_THREADS": str(threads), "PADDOCK_SPECULATIVE": mode}
            with Server(environment=environment) as server:
                ask(server, COPY, 60, model="starter")
                turns = [ask(server, COPY, 60, model="starter") for _ in range(20)]
                texts.add("".join(line["response"] for _, line in turns[-1]))
                speeds[mode].append(statistics.median(
                    turn[-1][1]["eval_count"] / (turn[-1][1]["eval_duration"] / 1e9) for turn in turns))
    summary("copy task without speculation", speeds["off"], "tokens/s")
    summary("copy task with n-gram speculation", speeds["auto"], "tokens/s")
    summary("with / without, run by run", [b / a for a, b in zip(speeds["off"], speeds["auto"])], "")
    print("texts equal:", len(texts) == 1, "-", next(iter(texts))[:70])


def libraries(home):
    """The directory of llama.cpp's libraries and the runner's jar that the engine has assembled."""
    places = [INSTALL / "cache" / "engine", home / "engine"]
    found = [path.parent for place in places for path in place.glob("*/libllama*")]
    return max(found, key=lambda directory: directory.stat().st_mtime)


def java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def raw_streams(natives, model, threads):
    backends = sorted(p.name for p in natives.iterdir() if p.name.startswith("libggml-cpu-"))
    done = subprocess.run(
        [java(), "--enable-native-access=ALL-UNNAMED", "-cp", str(natives / "runner.jar"), "dev.paddock.runner.Main", "raw",
         "--libs", str(natives), "--backend", ",".join(backends), "--model", model, "--prompt-tokens", "32",
         "--predict", str(PREDICT), "--threads", str(threads), "--runs", "1", "--streams", str(STREAMS)],
        check=True, capture_output=True, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])["decode_tps"][0]


def streams_through_http(server):
    """Tokens a second of all streams together, from when the last one has begun until the first one ends."""
    answers = [None] * STREAMS

    def run(i):
        answers[i] = [at for at, _ in server.post("/api/generate", {
            "model": "bench", "prompt": words(32, 5000 + i), "raw": True,
            "options": {"temperature": 0, "num_predict": PREDICT}})]

    threads = [threading.Thread(target=run, args=(i,)) for i in range(STREAMS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    begin, end = max(a[0] for a in answers), min(a[-1] for a in answers)
    return sum(sum(begin < at <= end for at in a) for a in answers) / (end - begin)


def streams(model, runs, threads):
    raws, https = [], []
    environment = {"PADDOCK_THREADS": str(threads), "PADDOCK_NUM_PARALLEL": str(STREAMS), "PADDOCK_CONTEXT_LENGTH": "512"}
    with Server(environment=environment) as server:
        server.create("bench", model)
        streams_through_http(server)
        natives = libraries(server.home)
        for _ in range(runs):
            raws.append(raw_streams(natives, model, threads))
            https.append(streams_through_http(server))
    summary(f"raw batched loop of {STREAMS}", raws, "tokens/s")
    summary(f"{STREAMS} streams through HTTP", https, "tokens/s")
    summary("through HTTP / raw, run by run", [b / a for a, b in zip(raws, https)], "")


def main():
    model = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else os.cpu_count()
    chosen = sys.argv[4:] or ["cache", "restore", "gap", "copy", "streams"]
    for name in chosen:
        {"cache": cache, "restore": restore, "gap": gap, "copy": copy, "streams": streams}[name](model, runs, threads)


if __name__ == "__main__":
    main()
