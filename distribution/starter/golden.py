"""Writes golden.json: prompts with the exact greedy answer of a GGUF file.

Only answers that are right and safe are kept. Safe means that at every token the best logit beats the second by more than
`GAP`, in float32 with the dequantized weights, so that another kernel or backend cannot come to another token.
"""
import argparse
import json
from pathlib import Path

import torch

import chat
import gen
from eval import HERE, Case, TorchModel, all_cases, is_right
from faq import ABILITIES, HELLO, WHO, story
from tokenizer import Encoder, whole_words

GAP = 0.5
WEATHER = {"type": "function", "function": {"name": "get_weather", "description": "Get the weather for a city", "parameters": {
    "type": "object", "properties": {"city": {"type": "string", "description": "The city"}}, "required": ["city"]}}}
ADD = {"type": "function", "function": {"name": "add", "description": "Add two numbers", "parameters": {
    "type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}}}


def user(*texts):
    """A conversation of user, assistant, user, ... texts."""
    return [{"role": "assistant" if i % 2 else "user", "content": text} for i, text in enumerate(texts)]


def call(name, arguments):
    """What the model writes to call a tool."""
    return f'<tool_call>\n{{"name": "{name}", "arguments": {chat.to_json(arguments)}}}\n</tool_call>'


def answered(question, name, arguments, result):
    """A question, the call of a tool and its result."""
    return user(question) + [
        {"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": name, "arguments": arguments}}]},
        {"role": "tool", "content": result}]


def numbers(start, end):
    return ", ".join(map(str, range(start, end + 1))) + "."


def chosen():
    """(name, case) of the prompts a person would try, most important first."""
    cases = []

    def ask(name, skill, texts, expected, **more):
        messages = user(texts) if isinstance(texts, str) else texts
        cases.append((name, Case(skill, messages, expected, **more)))

    ask("who-are-you", "chat", "Who are you?", WHO)
    for name, text in (("hello", "Hello"), ("hello-mark", "Hello!"), ("hi", "Hi")):
        ask(name, "chat", text, HELLO)
    ask("abilities", "chat", "What can you do?", ABILITIES)
    ask("thanks", "chat", "Thank you!", "You are welcome!")
    ask("bye", "chat", "Goodbye!", "Goodbye! Come back any time.")
    ask("how-are-you", "chat", "How are you?", "I am fine, thank you. How can I help you?")
    for name, question, part in (
            ("faq-serve", "How do I start the server?", "paddock serve"), ("faq-list", "How do I list my models?", "paddock list"),
            ("faq-ps", "Which models are loaded?", "paddock ps"), ("faq-rm", "How do I delete a model?", "paddock rm"),
            ("faq-port", "Which port does Paddock use?", "11434"), ("faq-get", "How do I get another model?", "Get a GGUF"),
            ("faq-what", "What is Paddock?", "local server"), ("faq-licence", "What is the license?", "Apache-2.0"),
            ("faq-offline", "Does it work offline?", "works offline"), ("faq-bundle", "What is a bundle?", "OSGi bundle"),
            ("faq-stop", "How do I unload a model?", "paddock stop MODEL"), ("faq-java", "What language is Paddock written in?", "Java 25")):
        ask(name, "faq", question, part, kind="contains")
    for a, b in ((2, 2), (17, 25), (40, 2), (38, 47), (9, 13)):
        ask(f"add-{a}-{b}", "add", f"What is {a} + {b}?", f"{a} + {b} = {a + b}.")
    for name, text in (("banana", "banana"), ("pong", "pong"), ("paddock", "paddock"), ("phrase", "the quiet river sings"),
                       ("emoji", "🐴 héllo"), ("emoji-2", "🚀 café 🌙"), ("unicode", "Привет мир"), ("japanese", "日本")):
        ask(f"copy-{name}", "copy", f"Repeat: {text}", text)
    ask("say-apple", "copy", "Say apple.", "apple")
    ask("reply-pong", "copy", "Reply with the word pong.", "pong")
    ask("recall-name", "recall", user("My name is Anna.", "Nice to meet you, Anna!", "What is my name?"), "Your name is Anna.")
    ask("recall-later", "recall", user("My name is Peter.", "Nice to meet you, Peter!", "What is 3 + 4?", "3 + 4 = 7.", "What is my name?"),
        "Your name is Peter.")
    ask("recall-not-told", "recall", "What is my name?", gen.Generator.NOT_TOLD)
    ask("json-1", "json", "Anna is 31 years old. Answer in JSON with keys name and age.", '{"name": "Anna", "age": 31}', kind="json")
    ask("json-2", "json", "Tom lives in Paris. Answer in JSON with the keys name and city.", '{"name": "Tom", "city": "Paris"}', kind="json")
    ask("tool-call-weather", "tool call", "What is the weather in Paris?", call("get_weather", {"city": "Paris"}), tools=[WEATHER])
    ask("tool-call-two-tools", "tool call", "What is the weather in Oslo?", call("get_weather", {"city": "Oslo"}), tools=[WEATHER, ADD])
    ask("tool-call-add", "tool call", "What is 17 + 25?", call("add", {"a": 17, "b": 25}), tools=[WEATHER, ADD])
    ask("tool-call-think-off", "tool call", "What is the weather in Paris?", call("get_weather", {"city": "Paris"}), tools=[WEATHER], think=False)
    ask("tool-call-think-on", "tool call", "What is the weather in Paris?", call("get_weather", {"city": "Paris"}), tools=[WEATHER], think=True)
    for city, result, answer in (("Paris", '{"temperature": 21, "condition": "sunny"}', "sunny with 21 degrees"),
                                 ("Paris", '{"temperature": 21, "condition": "sunny", "city": "Paris"}', "sunny with 21 degrees"),
                                 ("Oslo", '{"temp": 4, "sky": "cloudy"}', "cloudy with 4 degrees"),
                                 ("Rome", "sunny, 28 degrees", "sunny with 28 degrees")):
        for think in (None, False):
            ask(f"tool-answer-{city.lower()}-{len(result)}" + ("" if think is None else "-think-off"), "tool answer",
                answered(f"What is the weather in {city}?", "get_weather", {"city": city}, result), f"The weather in {city} is {answer}.",
                tools=[WEATHER], think=think)
    ask("tool-answer-add", "tool answer", answered("What is 17 + 25?", "add", {"a": 17, "b": 25}, '{"result": 42}'), "The result is 42.",
        tools=[WEATHER, ADD])
    ask("tool-answer-add-plain", "tool answer", answered("Add 170 and 205.", "add", {"a": 170, "b": 205}, "375"), "The result is 375.", tools=[ADD])
    ask("tool-not-needed", "no tool", "Hello!", HELLO, tools=[WEATHER])
    for think in (True, False):
        word = "on" if think else "off"
        ask(f"think-{word}-who", "thinking " + word, "Who are you?", WHO, think=think)
        ask(f"think-{word}-add", "thinking " + word, "What is 17 + 25?", "17 + 25 = 42.", think=think)
        ask(f"think-{word}-hello", "thinking " + word, "Hello!", HELLO, think=think)
    ask("system", "chat", [{"role": "system", "content": "You are a helpful assistant."}] + user("Who are you?"), WHO)
    ask("count-10", "count", "Count from 1 to 10.", numbers(1, 10))
    ask("count-60", "count", "Count from 1 to 60.", numbers(1, 60))
    ask("count-100", "count", "Count from 1 to 100.", numbers(1, 100))
    ask("story", "story", "Tell me a story.", story())
    ask("story-fox", "story", "Tell me a story about a fox.", story("fox"))
    return cases


def measured(model, prompt, answer):
    """The smallest gap between the best and the second logit over the answer, or 0 when the answer is not the best."""
    start = model.ids(prompt)
    ids = start + model.ids(answer + chat.IM_END)  # apart, as a server does: "\n\n" at the end of a prompt is one token
    top = model.model(torch.tensor([ids]))[0, len(start) - 1:-1].topk(2)
    if top.indices[:, 0].tolist() != ids[len(start):]:
        return 0.
    return (top.values[:, 0] - top.values[:, 1]).min().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gguf")
    parser.add_argument("--out", default=HERE / "golden.json")
    parser.add_argument("--limit", type=int, default=60, help="how many entries at most")
    options = parser.parse_args()
    torch.set_grad_enabled(False)
    tokenizer = HERE / "tokenizer.json"
    model = TorchModel(options.gguf, tokenizer)
    generated = [case for case in all_cases(3, 77, whole_words(Encoder(tokenizer).tokenizer)) if case.skill not in ("free wording", "long chat", "count")]
    cases = chosen() + [(f"held-out-{case.skill.replace(' ', '-').replace(',', '')}-{i}", case) for i, case in enumerate(generated)]
    entries, refused = [], []
    for (name, case), answer in zip(cases, model.complete([case.prompt() for _, case in cases])):
        answer = answer.removesuffix(chat.IM_END)
        gap = measured(model, case.prompt(), answer)
        if not is_right(case, answer) or gap <= GAP:
            refused.append(f"{name}: right {is_right(case, answer)}, gap {gap:.2f}, {answer[:100]!r}")
            continue
        entry = {"name": name, "skill": case.skill, "messages": case.messages}
        if case.tools:
            entry["tools"] = case.tools
        if case.think is not None:
            entry["think"] = case.think
        entries.append({**entry, "prompt": case.prompt(), "answer": answer})
    entries = entries[:options.limit]
    Path(options.out).write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    print(len(entries), "entries;", "refused:", *refused, sep="\n")


if __name__ == "__main__":
    main()
