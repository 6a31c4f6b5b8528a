"""Chat templates as Hugging Face's transformers renders them: the reference for our interpreter.

Needs jinja2 3.1.6 (pip install jinja2==3.1.6). The environment is built as in transformers' chat_template_utils, with the
clock frozen at 2026-01-15 14:05:09.
"""

import datetime
import json

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOW = datetime.datetime(2026, 1, 15, 14, 5, 9)


class Generation(Extension):
    """{% generation %}: marks what the assistant says; here it only opens a scope, as it does there."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("_said"), [], [], body).set_lineno(line)

    @jinja2.pass_eval_context
    def _said(self, context, caller):
        return caller()


class Raised(jinja2.exceptions.TemplateError):
    """raise_exception was called."""


def raise_exception(message):
    raise Raised(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    made = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    made.filters["tojson"] = tojson
    made.globals["raise_exception"] = raise_exception
    made.globals["strftime_now"] = NOW.strftime
    return made


def rendered(env, text, context):
    """{"expected": text} or {"error": {"kind": ..., "message": ...}}."""
    try:
        template = env.from_string(text)
    except Exception as failure:
        return {"error": {"kind": "syntax", "message": str(failure)}}
    try:
        return {"expected": template.render(**context)}
    except Raised as raised:
        return {"error": {"kind": "raise", "message": str(raised.message)}}
    except Exception as failure:
        return {"error": {"kind": "runtime", "message": type(failure).__name__ + ": " + str(failure)[:100]}}


def write(path, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines.read().split("\n") if line]
