"""Measures the starter model on prompts it was not trained on.

The model is a checkpoint of train.py, a GGUF file (both are run with torch, greedy, float32) or a running server, which
gets the rendered prompts over HTTP:

    python eval.py checkpoint.pt
    python eval.py starter.gguf
    python eval.py http://127.0.0.1:11434 --model starter
"""
import argparse
import json
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import torch

import chat
import gen
from export import load, read
from model import greedy
from tokenizer import Encoder, whole_words

HERE = Path(__file__).parent
LIMIT = 200
LONG = 440  # for counting


@dataclass
class Case:
    skill: str
    messages: list
    expected: object
    tools: list = None
    think: bool = None
    kind: str = "equal"

    def prompt(self):
        return chat.prompt(self.messages, self.tools, self.think)


def of_sample(skill, generator, sample, think=None, kind="equal", turns=None):
    """The last exchange of a sample as a case."""
    sample.turns = sample.turns[:turns] if turns else sample.turns
    document = gen.finish(generator, skill, sample, system=generator.choice([None, gen.SYSTEMS[0]]), think=think)
    return Case(skill, document.messages[:-1], chat.assistant_text(document.messages[-1]), document.tools, think, kind)


def tool_cases(generator, count):
    """First calls, and answers from the results of a call."""
    calls, answers = [], []
    while len(calls) < count or len(answers) < count:
        sample = generator.sample("tools")
        for i, turn in enumerate(sample.turns, 1):
            if turn.calls and len(calls) < count:
                calls.append(of_sample("tool call", generator, gen.Sample("tools", sample.turns[:i], sample.tools), kind="call"))
                break
        for i, turn in enumerate(sample.turns, 1):
            if turn.results and len(answers) < count:
                answers.append(of_sample("tool answer", generator, gen.Sample("tools", sample.turns[:i], sample.tools)))
                break
    return calls + answers


def all_cases(count, seed, words):
    """Cases of every skill, `count` of each."""
    generator = gen.Generator(seed, test=True, words=words)
    cases = []
    for skill in ("faq", "chat", "unknown", "add", "copy", "recall", "json", "no_tool"):
        kind = "json" if skill == "json" else "equal"
        cases += [of_sample(skill, generator, generator.sample(skill), kind=kind) for _ in range(count)]
    cases += tool_cases(generator, count)
    for name, think in (("thinking on", True), ("thinking off", False)):
        for _ in range(count):
            skill = generator.choice(["faq", "chat", "add", "copy", "recall", "json"])
            cases.append(of_sample(name, generator, generator.sample(skill), think=think, kind="json" if skill == "json" else "equal"))
    cases += [of_sample("add, thinking on", generator, generator.sample("add"), think=True) for _ in range(count)]
    few = max(4, count // 5)
    cases += [of_sample("count", generator, generator.sample("count")) for _ in range(few)]
    cases += [of_sample("story", generator, generator.sample("story")) for _ in range(few)]
    cases += [of_sample("long chat", generator, gen.long_chat(generator)) for _ in range(few)]
    for question, part in json.loads((HERE / "free_questions.json").read_text()):
        cases.append(Case("free wording", [{"role": "user", "content": question}], part, kind="contains"))
    return cases


def call_of(text):
    return [json.loads(part.split("</tool_call>")[0]) for part in text.split("<tool_call>")[1:]]


def split_thought(text):
    """(thought, answer) of a completion whose prompt opened a thought; no thought when it was not closed once."""
    parts = text.split("</think>")
    return (parts[0].strip(), parts[1].strip()) if len(parts) == 2 else (None, "")


def is_right(case, text):
    """Whether the completion is right: the answer, and no stray thoughts."""
    if case.think:
        thought, text = split_thought(text)
        if not thought:
            return False
    text = text.strip()
    if "<think>" in text or "</think>" in text:
        return False
    try:
        if case.kind == "contains":
            return case.expected.lower() in text.lower()
        if case.kind == "json":
            return json.loads(text) == json.loads(case.expected)
        if case.kind == "call":
            return call_of(text) == call_of(case.expected)
    except (ValueError, IndexError):
        return False
    return text == case.expected.strip()


class TorchModel:
    """A checkpoint or a GGUF file, run in batches of about the same length."""

    def __init__(self, path, tokenizer):
        self.model = read(path) if str(path).endswith(".gguf") else load(path)
        self.tokenizer = Encoder(tokenizer).tokenizer
        self.stop = self.tokenizer.token_to_id(chat.IM_END)

    def ids(self, text):
        return self.tokenizer.encode(text).ids

    def text(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=False)

    def complete(self, prompts, limit=LONG):
        encoded = [self.ids(prompt) for prompt in prompts]
        order = sorted(range(len(prompts)), key=lambda i: len(encoded[i]))
        answers = [None] * len(prompts)
        while order:
            size = max(1, min(48, 16000 // max(1, len(encoded[order[0]]))))
            batch, order = order[:size], order[size:]
            found = greedy(self.model, [encoded[i] for i in batch], self.stop, limit)
            for i, ids in zip(batch, found):
                answers[i] = self.text(ids)
        return answers


class ServerModel:
    """A running server; the rendered prompt is sent as it is."""

    def __init__(self, base, name):
        self.base, self.name = base.rstrip("/"), name

    def complete(self, prompts, limit=LONG):
        return [self.one(prompt, limit) for prompt in prompts]

    def one(self, prompt, limit):
        body = {"model": self.name, "prompt": prompt, "raw": True, "stream": False, "options": {"temperature": 0, "num_predict": limit}}
        request = urllib.request.Request(self.base + "/api/generate", json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=300) as response:
            answer = json.load(response)
        thought = answer.get("thinking")
        return (thought + "\n</think>\n\n" if thought else "") + answer["response"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("--model", default="starter", help="name of the model on the server")
    parser.add_argument("--count", type=int, default=100, help="prompts of each skill")
    parser.add_argument("--seed", type=int, default=4242)
    parser.add_argument("--tokenizer", default=HERE / "tokenizer.json")
    parser.add_argument("--short", action="store_true", help="cut answers after 200 tokens: quicker, but long counting fails")
    parser.add_argument("--misses", type=int, default=0, help="how many wrong answers of each skill to print")
    options = parser.parse_args()
    torch.set_grad_enabled(False)
    words = whole_words(Encoder(options.tokenizer).tokenizer)
    cases, start = all_cases(options.count, options.seed, words), time.time()
    target = options.target
    model = ServerModel(target, options.model) if target.startswith("http") else TorchModel(target, options.tokenizer)
    answers = model.complete([case.prompt() for case in cases], LIMIT if options.short else LONG)
    table, misses = {}, {}
    for case, answer in zip(cases, answers):
        right = is_right(case, answer)
        table.setdefault(case.skill, []).append(right)
        if not right:
            misses.setdefault(case.skill, []).append((case.messages[-1]["content"], case.expected, answer))
    print(f"| skill | right | of | % |   ({target}, {time.time() - start:.0f} s)\n| --- | --- | --- | --- |")
    for skill, rights in table.items():
        print(f"| {skill} | {sum(rights)} | {len(rights)} | {100 * sum(rights) / len(rights):.0f} |")
    for skill, found in misses.items():
        for question, expected, answer in found[:options.misses]:
            print(f"{skill}: {question!r}\n    expected {expected[:120]!r}\n    got      {answer[:120]!r}")


if __name__ == "__main__":
    main()
