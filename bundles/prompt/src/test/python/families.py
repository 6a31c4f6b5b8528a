"""Writes the expected texts of the templates in resources/.../jinja/families, and with argument "random" the random ones.

    python families.py           contexts.jsonl and expected.jsonl
    python families.py random    random.jsonl (see random_templates.py)
"""

import copy
import pathlib
import sys

import random_templates
import reference

HERE = pathlib.Path(__file__).parent
RESOURCES = HERE.parent / "resources/dev/paddock/prompt/jinja"
RANDOM_CASES = 4000
RANDOM_SEED = 20260115

FIND = {
    "type": "function",
    "function": {
        "name": "find_file",
        "description": "Finds a file.\nBy name.",
        "parameters": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "description": "part of the name, \u00e9 \"too\""},
                "limit": {"type": "integer", "default": 5},
                "kinds": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
            },
            "required": ["name"],
        },
    },
}
ADD = {
    "type": "function",
    "function": {
        "name": "add",
        "description": "Adds.",
        "parameters": {
            "type": "object",
            "properties": {"x": {"type": ["number", "null"]}, "y": {"type": "object", "properties": {"z": {"type": "boolean"}}}},
            "required": [],
        },
    },
}
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}


def said(role, content, **more):
    return {"role": role, "content": content, **more}


def call(name, arguments, id="call_1"):
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


HI = said("user", "Hi there")
SYSTEM = said("system", "Be  kind.\n")
ANSWER = said("assistant", " Hello!\n\nHow are you? ")
CALLS = [call("find_file", {"name": "a<b>.txt", "limit": 2, "kinds": ["a", None]})]
TWO_CALLS = [call("add", '{"x": 1.5}', "abcdefghi"), call("find_file", '{"name": "\u00e9"}', "123456789")]


def contexts():
    yield "plain", {"messages": [HI], "add_generation_prompt": True, **TOKENS}
    yield "turns", {"messages": [SYSTEM, HI, ANSWER, said("user", "Fine.")], "add_generation_prompt": True, **TOKENS}
    yield "no-prompt", {"messages": [HI, ANSWER], "add_generation_prompt": False, **TOKENS}
    yield "tools", {"messages": [SYSTEM, HI], "tools": [FIND, ADD], "add_generation_prompt": True, **TOKENS}
    yield "call", {
        "messages": [HI, said("assistant", "", tool_calls=CALLS), said("tool", "found: 1", tool_call_id="call_1", name="find_file")],
        "tools": [FIND], "add_generation_prompt": True, **TOKENS,
    }
    yield "two-calls", {
        "messages": [
            SYSTEM, HI, said("assistant", None, tool_calls=TWO_CALLS, reasoning_content="Two\nof them"),
            said("tool", "2.5", tool_call_id="abcdefghi"), said("tool", '{"r": []}', tool_call_id="123456789"),
            said("assistant", "Done."), said("user", "Thanks"),
        ],
        "tools": [FIND, ADD], "add_generation_prompt": True, **TOKENS,
    }
    yield "thoughts", {
        "messages": [HI, said("assistant", "Yes.", reasoning_content="Hm.\n", thinking="Hm.\n"), said("user", "Sure?"),
                     said("assistant", "<think>\nWell\n</think>\n\nNo.")],
        "enable_thinking": True, "thinking": True, "reasoning_effort": "high", "thinking_budget": 700, **TOKENS,
    }
    yield "no-thoughts", {
        "messages": [SYSTEM, HI], "add_generation_prompt": True, "enable_thinking": False, "thinking": False, "thinking_budget": 0, **TOKENS,
    }
    yield "parts", {
        "messages": [
            {"role": "system", "content": [{"type": "text", "text": "Look."}]},
            {"role": "user", "content": [{"type": "text", "text": "What is "}, {"type": "image", "image": "x.png"}, {"type": "text", "text": "this?"}]},
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "A cat?"}, {"type": "text", "text": "A cat."}]},
            {"role": "user", "content": [{"type": "text", "text": "Sure?"}]},
        ],
        "add_generation_prompt": True, **TOKENS,
    }
    odd = "\u00dcn\u00efc\u00f6d\u00e9 \U0001f600\U0001f1e9\U0001f1ea \u05e9\u05dc\u05d5\u05dd \u4f60\u597d\u3000\u00a0\u2028<|im_end|> {{ x }} {% if %} \\n \"q\" 'a' &amp; \t\u0001"
    yield "unicode", {"messages": [said("system", odd), said("user", odd + "\n"), said("assistant", odd), said("user", odd)], "add_generation_prompt": True, **TOKENS}
    yield "empty", {"messages": [said("system", ""), said("user", " \n "), said("assistant", ""), said("user", "")], "add_generation_prompt": True, **TOKENS}
    yield "missing", {"messages": [{"role": "user"}, {"role": "assistant", "tool_calls": []}]}
    yield "nothing", {"messages": [], "add_generation_prompt": True}
    yield "odd-roles", {"messages": [HI, HI, said("Critic", "No!"), said("system", "Late."), said("tool", "?")], "add_generation_prompt": True, **TOKENS}
    yield "extras", {
        "messages": [HI], "tools": [], "documents": [{"id": 1, "title": "T", "text": "D"}, {"id": "b", "text": "E\n"}], "controls": {"length": "short"},
        "add_generation_prompt": True, "add_vision_id": True, "date_string": "02 Feb 2026", "builtin_tools": ["code_interpreter", "search"], **TOKENS,
    }


def families():
    env = reference.environment()
    named = list(contexts())
    for path in sorted((RESOURCES / "families").glob("*.jinja")):
        text = path.read_text(encoding="utf-8")
        for name, context in named:
            result = reference.rendered(env, text, copy.deepcopy(context))
            if result.get("error", {}).get("kind") == "syntax":
                raise SystemExit(f"{path.name}: {result}")
            yield {"family": path.stem, "context": name, **result}


if __name__ == "__main__":
    if sys.argv[1:] == ["random"]:
        cases = random_templates.cases(RANDOM_SEED, RANDOM_CASES)
        reference.write(RESOURCES / "random.jsonl", [{"context": random_templates.CONTEXT}] + cases)
    else:
        cases = list(families())
        reference.write(RESOURCES / "contexts.jsonl", [{"context": name, "value": value} for name, value in contexts()])
        reference.write(RESOURCES / "expected.jsonl", cases)
    kinds = [case.get("error", {}).get("kind", "text") for case in cases]
    print(len(cases), "cases:", {kind: kinds.count(kind) for kind in sorted(set(kinds))})
