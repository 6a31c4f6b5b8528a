"""The chat format: the same text as template.jinja, cut into segments so that training knows what to learn.

`check_template.py` compares this file with template.jinja.
"""
import json

IM_START, IM_END, END_OF_TEXT = "<|im_start|>", "<|im_end|>", "<|endoftext|>"
CONTROL = [END_OF_TEXT, IM_START, IM_END]
USER_DEFINED = ["<think>", "</think>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>",
                "<tools>", "</tools>"]
TOOLS_HEAD = "# Tools\n\nYou may call functions. Their signatures are within <tools></tools>:\n<tools>"
TOOLS_TAIL = ('\n</tools>\n\nTo call a function, answer with:\n<tool_call>\n'
              '{"name": <name>, "arguments": <arguments>}\n</tool_call>')
EMPTY_THOUGHT = "<think>\n\n</think>\n\n"

# What a segment is to the trainer: text to read, text to answer with, or text the template itself inserts.
CONTEXT, TARGET, INSERTED = 0, 1, 2


def to_json(value):
    """JSON as the template's `tojson` filter writes it."""
    return json.dumps(value, ensure_ascii=False)


def assistant_text(message):
    """The text of an assistant message: its content, then its tool calls."""
    parts = [message["content"]] if message.get("content") else []
    for call in message.get("tool_calls", []):
        function = call["function"]
        arguments = function["arguments"]
        if not isinstance(arguments, str):
            arguments = to_json(arguments)
        parts.append(f'<tool_call>\n{{"name": "{function["name"]}", "arguments": {arguments}}}\n</tool_call>')
    return "\n".join(parts)


def segments(messages, tools=None, think=None, thought=None):
    """Cut a whole conversation into (text, kind) pairs.

    A last message of the assistant is the answer to learn; with `think` true it starts with `thought`. When the last
    message is not the assistant's, the result ends where the model has to go on writing.
    """
    result = []
    system = messages[0]["content"] if messages[0]["role"] == "system" else None
    if tools:
        listing = "".join("\n" + to_json(tool) for tool in tools)
        start = system + "\n\n" if system is not None else ""
        system = start + TOOLS_HEAD + listing + TOOLS_TAIL
    if system is not None:
        result.append((f"{IM_START}system\n{system}{IM_END}\n", CONTEXT))
    last = len(messages) - 1
    for i, message in enumerate(messages):
        role = message["role"]
        if role == "user":
            result.append((f"{IM_START}user\n{message['content']}{IM_END}\n", CONTEXT))
        elif role == "tool":
            first = i == 0 or messages[i - 1]["role"] != "tool"
            final = i == last or messages[i + 1]["role"] != "tool"
            text = f"\n<tool_response>\n{message['content']}\n</tool_response>"
            result.append(((IM_START + "user" if first else "") + text + (IM_END + "\n" if final else ""), CONTEXT))
        elif role == "assistant":
            result.append((f"{IM_START}assistant\n", CONTEXT))
            if i == last:
                result += _opening(think)
                answer = assistant_text(message)
                result.append(((f"{thought}\n</think>\n\n" if think else "") + answer + IM_END, TARGET))
            else:
                result.append((assistant_text(message) + IM_END, TARGET))
            result.append(("\n", CONTEXT))
    if messages[-1]["role"] != "assistant":
        result.append((f"{IM_START}assistant\n", CONTEXT))
        result += _opening(think)
    return result


def _opening(think):
    """What the template writes after the assistant's header."""
    if think is None:
        return []
    return [("<think>\n" if think else EMPTY_THOUGHT, INSERTED)]


def prompt(messages, tools=None, think=None):
    """The text the model has to continue."""
    return "".join(text for text, _ in segments(messages, tools, think))
