"""What the engine promises, each as a ratio within one run: time to first token with a cached prefix, restoring from host
memory, the longest pause of a stream beside a long prompt, speculation on a copy task, one stream and eight against a raw
loop, the start of a runner.

paddock bench make --size 1b --quant q4_0 /tmp/1b.gguf
python3 docs/bench/engine.py /tmp/1b.gguf [RUNS] [THREADS] [cache restore gap copy streams start]
"""
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time

from common import INSTALL, JVM_CACHES, RUNNER_CACHE, Server, summary, wait_for_caches

PREFIX = 2000
LONG_PROMPT = 4000


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


def listen(server, times, enough):
    body = {"model": "bench", "prompt": "go", "raw": True,
            "options": {"temperature": 0, "num_predict": 4000, "ignore_eos": True}}
    for at, _ in server.post("/api/generate", body):
        times.append(at)
        if enough.is_set():
            return


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
            times, enough = [], threading.Event()
            stream = threading.Thread(target=listen, args=(server, times, enough))
            stream.start()
            while len(times) < 5:
                time.sleep(0.01)
            begin = time.perf_counter()
            ask(server, words(LONG_PROMPT, 3000 + run), 1)
            end = time.perf_counter()
            enough.set()
            stream.join()
            if times[-1] < end:
                raise SystemExit("the stream ended before the long prompt was computed; raise num_predict")
            gaps = [b - a for a, b in zip(times, times[1:]) if b > begin and a < end]
            longest.append(max(gaps))
            relative.append(max(gaps) / micro_batch)
            print(f"run {run + 1}: longest gap {longest[-1]:.2f} s, a micro-batch takes {micro_batch:.2f} s", flush=True)
    summary("longest gap between tokens", longest, "s")
    summary("the same in micro-batches of 512 tokens", relative, "")


ADJECTIVES = "quiet little green old red big small blue warm cold happy".split()
NOUNS = "river pony hill clock dog house lake bird garden tree moon horse farmer friend letter window".split()
VERBS = "sees likes finds brings follows hears".split()
TEXTS = 10


def text(rng):
    """Fifteen words: about what the starter model can copy."""
    one, two = (f"the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)} {rng.choice(VERBS)} the {rng.choice(ADJECTIVES)}"
                f" {rng.choice(NOUNS)}" for _ in range(2))
    return f"{one} and {two}"


def changed(rng, old):
    parts = old.split()
    place = rng.choice([i for i, word in enumerate(parts) if word in ADJECTIVES])
    parts[place] = rng.choice([word for word in ADJECTIVES if word != parts[place]])
    return " ".join(parts)


def edit(server, old, new):
    """A conversation in which the model repeats a text with one word changed; the answer and the tokens, and seconds."""
    answer = ask(server, f"<|im_start|>user\nRepeat: {old}<|im_end|>\n<|im_start|>assistant\n{old}<|im_end|>\n"
                 f"<|im_start|>user\nRepeat: {new}<|im_end|>\n<|im_start|>assistant\n", 80, model="starter")
    last = answer[-1][1]
    return "".join(line["response"] for _, line in answer), last["eval_count"], last["eval_duration"] / 1e9


def copy(_, runs, threads):
    """Both servers take turns. Only texts that the small model repeats rightly count."""
    rng = random.Random(1)
    environment = {"PADDOCK_THREADS": str(threads)}
    with (Server(environment={"PADDOCK_SPECULATIVE": "off", **environment}) as off,
          Server(environment={"PADDOCK_SPECULATIVE": "auto", **environment}) as auto):
        edits = []
        while len(edits) < TEXTS:
            old = text(rng)
            new = changed(rng, old)
            if edit(off, old, new)[0] == new:
                edits.append((old, new))
        speeds, wrong = {off: [], auto: []}, 0
        for turn in range(runs + 2):
            for server in speeds:
                tokens = seconds = 0
                for _ in range(5):
                    for old, new in edits:
                        answer, count, took = edit(server, old, new)
                        wrong += answer != new
                        tokens, seconds = tokens + count, seconds + took
                if turn >= 2:
                    speeds[server].append(tokens / seconds)
    summary("copy-edit without speculation", speeds[off], "tokens/s")
    summary("copy-edit with n-gram speculation", speeds[auto], "tokens/s")
    summary("with / without, turn by turn", [b / a for a, b in zip(speeds[off], speeds[auto])], "")
    print(f"answers that are not the text with its word changed: {wrong}")


def warm(server):
    """The server's own code is compiled after some thousand tokens; before, it would be measured as a cold start."""
    for i in range(8):
        ask(server, f"Story {i}:", 300, model="starter", ignore_eos=True)


def streams(model, runs, threads):
    """One stream and eight through HTTP against a raw loop; without speculation, which the raw loop has not."""
    environment = {"PADDOCK_THREADS": str(threads), "PADDOCK_NUM_PARALLEL": "8", "PADDOCK_CONTEXT_LENGTH": "512"}
    for mode in "off", "auto":
        with Server(environment={"PADDOCK_SPECULATIVE": mode, **environment}) as server:
            server.create("bench", model)
            warm(server)
            wait_for_caches(server.home, JVM_CACHES + RUNNER_CACHE)
            measured = subprocess.run(
                [INSTALL / "bin" / "paddock", "bench", "model", "bench", "--clients", "1,8", "--runs", str(runs),
                 "--threads", str(threads), "--prompt-tokens", "32", "--predict", "128", "--json"],
                check=True, capture_output=True, text=True, env=server.environment)
        for level in json.loads(measured.stdout)["levels"]:
            print(f"speculation {mode}, {level['clients']} at once: {json.dumps(level)}")


def start(_, runs, threads):
    """From a runner's process start to ready, without the time that llama.cpp took to load the weights."""
    loads, beyond = [], []
    with Server(environment={"PADDOCK_THREADS": str(threads)}) as server:
        wait_for_caches(server.home, JVM_CACHES)
        list(server.post("/api/generate", {"model": "starter"}))
        wait_for_caches(server.home, RUNNER_CACHE)
        for _ in range(runs):
            list(server.post("/api/generate", {"model": "starter", "keep_alive": 0}))
            while json.loads(server.get("/api/ps")[1])["models"]:
                time.sleep(0.05)
            list(server.post("/api/generate", {"model": "starter"}))
            runner = json.loads(server.get("/api/ps")[1])["models"][0]["paddock"]
            loads.append(runner["load_ms"])
            beyond.append(runner["load_ms"] - runner["weights_ms"])
    summary("runner start to ready", loads, "ms")
    summary("the same beyond the weights' own loading", beyond, "ms")


STEPS = {"cache": cache, "restore": restore, "gap": gap, "copy": copy, "streams": streams, "start": start}


def main():
    model = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else os.cpu_count()
    for name in sys.argv[4:] or STEPS:
        STEPS[name](model, runs, threads)


if __name__ == "__main__":
    main()
