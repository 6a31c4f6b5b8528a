"""Checks that template.jinja renders exactly the text the generator trains on."""
import copy
import json
from pathlib import Path

import jinja2

import chat
import gen


def template():
    """template.jinja in the environment that chat templates expect."""
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment.from_string((Path(__file__).parent / "template.jinja").read_text().rstrip("\n"))


def variants(messages):
    """The same conversation as other clients send it."""
    yield messages
    other = copy.deepcopy(messages)
    for message in other:
        if message["role"] == "assistant":
            if message.get("tool_calls"):
                message["content"] = None
            else:
                message["content"] = "<think>\nAn old thought.\n</think>\n\n" + message["content"]
            for call in message.get("tool_calls", []):
                call["function"]["arguments"] = chat.to_json(call["function"]["arguments"])
    yield other


def main():
    compiled, generator, count = template(), gen.Generator(5), 0
    for _ in range(2000):
        document = gen.document(generator)
        messages = document.messages[:-1]
        expected = chat.prompt(messages, document.tools, document.think)
        for variant in variants(messages):
            values = {"messages": variant, "add_generation_prompt": True}
            if document.tools:
                values["tools"] = document.tools
            if document.think is not None:
                values["enable_thinking"] = document.think
            rendered = compiled.render(**values)
            assert rendered == expected, f"template:\n{rendered}\ngenerator:\n{expected}"
            count += 1
    print(count, "conversations are equal")


if __name__ == "__main__":
    main()
