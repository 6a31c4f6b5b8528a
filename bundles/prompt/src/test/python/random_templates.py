"""Random templates: expressions and statements put together from tables, some of them wrong on purpose.

python random_templates.py SEED COUNT FILE: writes the context to the first line of FILE, then COUNT cases with what
Python's jinja2 made of them.
"""

import copy
import random
import re
import sys

import reference
from snippets import ANY, CONTEXT, FILTERS, GLOBALS, LITERALS, METHODS, TESTS, VARIABLES

MOST_TEXT = 400


def choices(text):
    """Texts with commas between that stand in no quotes or brackets; " & " stands for a comma within one."""
    found, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == "'"
        depth += 0 if quoted else character in "([{"
        depth -= 0 if quoted else character in ")]}"
        if character == "," and not quoted and not depth:
            found.append("")
        else:
            found[-1] += character
    return [choice.strip(" ").replace(" & ", ", ") for choice in found]


class Writer:
    """Writes one template after the other from a fixed seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = []

    def pick(self, items):
        return self.random.choice(items)

    def chance(self, probability):
        return self.random.random() < probability

    # Expressions

    def value(self, kind, depth):
        """An expression that mostly has values of this kind."""
        if self.chance(0.04):
            kind = self.pick(ANY)
        if kind == "any":
            kind = self.pick(ANY)
        if depth <= 0 or self.chance(0.3 if depth < 4 else 0.02):
            return self.leaf(kind)
        makers = {
            "str": [self.leaf, self.text_method, self.text_filter, self.sliced, self.joined, self.formatted],
            "int": [self.leaf, self.int_method, self.int_filter, self.arithmetic],
            "float": [self.leaf, self.arithmetic, self.float_filter],
            "bool": [self.leaf, self.compared, self.tested, self.logic, self.bool_method],
            "list": [self.leaf, self.list_filter, self.list_method, self.sliced, self.list_literal],
            "dict": [self.leaf, self.dict_literal],
        }
        if self.chance(0.12):
            return self.conditional(kind, depth)
        return self.pick(makers[kind])(kind, depth) if depth > 0 else self.leaf(kind)

    def leaf(self, kind, depth=0):
        names = [name for name in VARIABLES[kind]] + (self.names if self.chance(0.3) else [])
        return self.pick(names) if self.chance(0.6) else self.pick(LITERALS[kind])

    def operand(self, kind, depth):
        """A value that can stand before a dot or bar."""
        text = self.value(kind, depth)
        return text if re.fullmatch(r"[a-z_]\w*|'[^']*'", text) else "(" + text + ")"

    def arguments(self, wanted, depth):
        """Arguments for a list like ["int", "?str", "=fill:str"]: needed, optional, optional by name."""
        plain, named = [], []
        for kind in wanted:
            optional, name, kind = re.fullmatch(r"(\??)(?:=(\w+):)?(.+)", kind, re.DOTALL).groups()
            if name and self.chance(0.5):
                continue
            if self.chance(0.5 if optional else 0.02):
                break
            argument = self.pick(choices(kind[1:])) if kind[0] == "!" else self.value(kind, depth - 2)
            if name:
                named.append(name + "=" + argument)
            else:
                plain.append(argument)
        return ", ".join(plain + named)

    def call(self, table, kind, depth):
        name, wanted = self.pick(table[kind])
        return name, self.arguments(wanted, depth)

    def method(self, owner, kind, depth):
        name, arguments = self.call(METHODS[owner], kind, depth)
        return self.operand(owner, depth - 1) + "." + name + "(" + arguments + ")"

    def filtered(self, owner, kind, depth):
        name, arguments = self.call(FILTERS[owner], kind, depth)
        use = name + ("(" + arguments + ")" if arguments or self.chance(0.1) else "")
        return self.operand(owner, depth - 1) + self.pick(["|", " | "]) + use

    def text_method(self, kind, depth):
        return self.method("str", "str", depth)

    def int_method(self, kind, depth):
        return self.method(self.pick(["str", "list"]), "int", depth)

    def bool_method(self, kind, depth):
        return self.method("str", "bool", depth)

    def list_method(self, kind, depth):
        return self.method(self.pick(["str", "dict"]), "list", depth)

    def text_filter(self, kind, depth):
        return self.filtered(self.pick(["str", "str", "list", "any"]), "str", depth)

    def int_filter(self, kind, depth):
        return self.filtered(self.pick(["str", "list", "int"]), "int", depth)

    def float_filter(self, kind, depth):
        return self.filtered(self.pick(["str", "int"]), "float", depth)

    def list_filter(self, kind, depth):
        text = self.filtered(self.pick(["list", "list", "dict", "str"]), "list", depth)
        return text + "|list" if self.chance(0.8) else text

    def bound(self):
        return self.pick(["", "", "0", "1", "2", "-1", "-2", "-3", "100", "-100", "one", "none"])

    def sliced(self, kind, depth):
        owner = self.operand(kind, depth - 1)
        roll = self.random.random()
        if roll < 0.3:
            return owner + "[" + self.pick(["0", "1", "-1", "-2", "7", "-9", "'k'", "true"]) + "]"
        step = ":" + self.pick(["", "1", "-1", "2", "-2", "3"]) if roll < 0.6 else ""
        return owner + "[" + self.bound() + ":" + self.bound() + step + "]"

    def joined(self, kind, depth):
        operator = self.pick([" ~ ", " ~ ", " + ", " * "])
        second = "int" if operator == " * " else "any" if operator == " ~ " else "str"
        return self.operand("str", depth - 1) + operator + self.operand(second, depth - 1)

    def formatted(self, kind, depth):
        if self.chance(0.5):
            width = self.pick(["", "", "5", "12", "-8", "05", "+", " ", "#", "08", "-", "+6"])
            precision = self.pick(["", "", "", ".0", ".2", ".5", "."])
            letter = self.pick("sssdrxXofeEgGcui%a")
            return "'<%" + width + precision + letter + ">' % (" + self.value(self.pick(ANY), depth - 2) + ",)"
        fill = self.pick(["", "", "", "<", ">", "^", "*<", "*^", "0", "=", "x="])
        sign = self.pick(["", "", "", "+", " ", "-", "#"])
        width = self.pick(["", "", "4", "9", "010"])
        more = self.pick(["", "", ",", "_"]) + self.pick(["", "", ".0", ".3"])
        letter = self.pick(["", "", "", "s", "d", "f", "e", "g", "x", "X", "o", "b", "%", "n", "c", "E", "G"])
        spec = fill + sign + width + more + letter
        field = self.pick(["", "0", "a", "0!r", "!s", "a!r", "a.k", "a[k]", "0[0]", "!a"])
        text = "'{" + field + (":" + spec if spec else "") + "}'"
        return text + ".format(" + self.value("any", depth - 2) + ", a=" + self.value("any", depth - 2) + ")"

    def arithmetic(self, kind, depth):
        operator = self.pick(["+", "-", "*", "/", "//", "%", "**", "+", "-", "*"])
        left = self.value(self.pick(["int", "float", "int", "bool"]), depth - 1)
        if operator == "**":
            return "(" + left + ") ** " + self.pick(["0", "1", "2", "3", "-1", "0.5", "-2.0"])
        right = self.value(self.pick(["int", "float", "int"]), depth - 1)
        return self.pick(["", "", "-", "+"]) + "(" + left + ") " + operator + " (" + right + ")"

    def compared(self, kind, depth):
        operator = self.pick(["==", "!=", "<", "<=", ">", ">=", "in", "not in"])
        kind = self.pick(ANY)
        right = self.pick(["list", "str", "dict"]) if "in" in operator else kind
        text = self.operand(kind, depth - 1) + " " + operator + " " + self.operand(right, depth - 1)
        if self.chance(0.15) and "in" not in operator:
            text += " " + self.pick(["<", "==", ">="]) + " " + self.operand(kind, depth - 1)
        return text

    def tested(self, kind, depth):
        name, wanted = self.pick(TESTS)
        arguments = self.arguments(wanted, depth)
        use = name + ("(" + arguments + ")" if arguments else "")
        return self.operand("any", depth - 1) + " is " + self.pick(["", "", "not "]) + use

    def logic(self, kind, depth):
        if self.chance(0.3):
            return "not " + self.operand("any", depth - 1)
        return self.operand("any", depth - 1) + self.pick([" and ", " or "]) + self.operand("any", depth - 1)

    def list_literal(self, kind, depth):
        items = [self.value("any", depth - 2) for _ in range(self.random.randrange(4))]
        brackets = self.pick(["[]", "[]", "()"])
        comma = "," if items and (self.chance(0.2) or brackets == "()") else ""
        return brackets[0] + ", ".join(items) + comma + brackets[1]

    def dict_literal(self, kind, depth):
        keys = [self.pick(["'k'", "'a'", "1", "1.0", "true", "none", "'é'", "(1, 2)", "text"]) for _ in range(self.random.randrange(4))]
        if self.chance(0.2):
            return "dict(" + ", ".join("k%d=%s" % (i, self.value("any", depth - 2)) for i in range(len(keys))) + ")"
        return "{" + ", ".join(key + ": " + self.value("any", depth - 2) for key in keys) + "}"

    def conditional(self, kind, depth):
        otherwise = " else " + self.value(kind, depth - 2) if self.chance(0.8) else ""
        return self.value(kind, depth - 2) + " if " + self.value("bool", depth - 2) + otherwise

    # Statements

    def tag(self, text):
        return "{%" + self.pick(["", "", "", "-", "+"]) + " " + text + " " + self.pick(["", "", "", "-", "+"]) + "%}"

    def printed(self, depth):
        kind = self.pick(ANY)
        text = self.value(kind, depth)
        if self.chance(0.12):
            text = "(" + text + ")|" + self.pick(["tojson", "tojson(indent=2)", "string", "length", "list", "e", "safe"])
        return "{{" + self.pick(["", "", "", "-", "+"]) + " " + text + " " + self.pick(["", "", "", "-"]) + "}}"

    def data(self):
        return self.pick(["", " ", "\n", "  \n  ", "x", " a ", "\t", "<b>\n", "\n\n", "é ", "#}", " } ", "{ "])

    def body(self, depth):
        parts = []
        for _ in range(self.random.randrange(1, 4)):
            parts.append(self.data() + (self.statement(depth - 1) if depth > 0 else self.printed(1)))
        return "".join(parts) + self.data()

    def statement(self, depth):
        if depth <= 0 or self.chance(0.3):
            return self.printed(2)
        makers = [self.loop, self.branch, self.assignment, self.macro, self.namespace, self.block, self.call_block, self.odds]
        return self.pick(makers)(depth)

    def loop(self, depth):
        target = self.pick(["x", "x", "x, y", "_, x"])
        source = self.value("list", 2)
        if "," in target:
            source = self.pick(["dct.items()", "pairs", "mixed|items", "[(1, 2), 'ab']", "users|map(attribute='both')", source])
        test = " if " + self.pick(["x", "not x", "x is string", "loop.first", "x != 2"]) if self.chance(0.2) else ""
        self.names += ["x", "loop.index", "loop.last", "loop.length", "loop.revindex0", "loop.previtem", "loop.nextitem"]
        inner = self.body(depth - 1)
        if self.chance(0.3):
            inner += "{{ loop." + self.pick(["index", "cycle('a', 'b')", "changed(x)", "depth", "last", "nextitem", "revindex"]) + " }}"
        if self.chance(0.15):
            inner += self.tag("if " + self.value("bool", 1)) + self.tag(self.pick(["break", "continue"])) + "{% endif %}" + self.data()
        del self.names[-7:]
        otherwise = self.tag("else") + self.body(0) if self.chance(0.2) else ""
        return self.tag("for " + target + " in " + source + test) + inner + otherwise + self.tag("endfor")

    def branch(self, depth):
        text = self.tag("if " + self.value("bool", 2)) + self.body(depth - 1)
        while self.chance(0.3):
            text += self.tag("elif " + self.value("any", 2)) + self.body(0)
        if self.chance(0.5):
            text += self.tag("else") + self.body(0)
        return text + self.tag("endif")

    def assignment(self, depth):
        if self.chance(0.3):
            pipe = "".join(" | " + self.pick(["upper", "trim", "length", "replace('a', 'b')", "safe", "list"]) for _ in range(self.random.randrange(3)))
            return self.tag("set v" + pipe) + self.body(0) + self.tag("endset") + "{{ v }}"
        if self.chance(0.15):
            return self.tag("set v, w = " + self.pick(["1, 2", "'ab'", "[3, [4]]", "(1,)", "pairs[0]"])) + "{{ v }}{{ w }}"
        self.names.append("v")
        return self.tag("set v = " + self.value("any", 3)) + "{{ v }}"

    def macro(self, depth):
        parameters = self.pick(["", "a", "a, b=2", "a='x', b=a", "a, b, c=none", "a=[]"])
        self.names += ["a", "varargs", "kwargs"]
        inner = self.body(depth - 1) + self.pick(["", "{{ a }}", "{{ b }}", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}", "{{ caller is defined }}"])
        del self.names[-3:]
        uses = "".join("{{ m(" + self.pick(["", "1", "1, 2", "b=3", "a=1, b=2", "1, 2, 3, 4", "1, z=2", "*[1, 2]", "**{'a': 5}", "1, a=2"]) + ") }}" for _ in range(2))
        return self.tag("macro m(" + parameters + ")") + inner + self.tag("endmacro") + uses

    def namespace(self, depth):
        start = self.pick(["", "n=0", "n=1, k='x'", "dct", "n=[]", "{'n': 3}"])
        change = self.tag("set ns.n = " + self.pick(["ns.n + 1", "ns.n ~ 'x'", "x", "ns.n + [x]", "ns.missing", "not ns.n"]))
        loop = "{% for x in " + self.value("list", 1) + " %}" + change + "{% endfor %}"
        return self.tag("set ns = namespace(" + start + ")") + loop + "{{ ns.n }}|{{ ns.k }}"

    def block(self, depth):
        kind = self.random.randrange(3)
        if kind == 0:
            filters = self.pick(["upper", "trim", "indent(2)", "replace('a', 'é')|title", "escape", "wordcount", "length"])
            return self.tag("filter " + filters) + self.body(depth - 1) + self.tag("endfilter")
        if kind == 1:
            return self.tag("with " + self.pick(["x=1", "x=one, y=x", "v=text", "x={'k': 2}"])) + self.body(depth - 1) + self.tag("endwith")
        return self.tag("generation") + self.body(depth - 1) + self.tag("endgeneration")

    def call_block(self, depth):
        signature = self.pick(["", "(p)", "(p, q=2)"])
        given = self.pick(["", "1", "1, 2", "q=4, p=3"])
        macro = "{% macro c(n=1) %}[{% for i in range(n) %}{{ caller(" + given + ") }}{% endfor %}]{% endmacro %}"
        self.names += ["p", "q"]
        inner = self.body(0) + self.pick(["{{ p }}", "{{ q }}", ""])
        del self.names[-2:]
        return macro + self.tag("call" + signature + " c(" + self.pick(["", "2", "n=0"]) + ")") + inner + self.tag("endcall")

    def odds(self, depth):
        return self.pick(
            [
                "{% raw %}{{ x }}{% endraw %}",
                "{%- raw -%} {% if %} {%- endraw -%} ",
                "{# a comment {{ x }} #}\n",
                "  {#- tight -#}  y",
                "{% for x in tree recursive %}{{ x.n }}{% if x.c %}({{ loop(x.c) }}){% endif %}{{ loop.depth }}{% endfor %}",
                "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}",
                "{% set j = joiner('; ') %}{{ j() }}a{{ j() }}b",
                "{{ strftime_now('" + self.pick(["%Y-%m-%d", "%d %B %Y %H:%M:%S", "%a %b %e %I %p %j", "%%|%y|%A|%-d", "%x %X %c", "%U %W %u %w"]) + "') }}",
                "{{ raise_exception('no: ' ~ " + self.value("any", 1) + ") }}",
                "{{ " + self.pick(GLOBALS) + " }}",
                "{{ self.b() }}{% block b %}b{{ text }}{% endblock %}",
                "{% if true %}\n    {% set z = 1 %}\n  {{ z }}\n{% endif %}\n",
            ]
        )

    def template(self):
        self.names = []
        if self.chance(0.55):
            return "{{ " + self.value("any", 4) + " }}"
        return self.body(3)


def cases(seed, count):
    writer = Writer(seed)
    env = reference.environment()
    made = []
    while len(made) < count:
        text = writer.template()
        if len(text) > MOST_TEXT:
            continue
        # A copy: some filters of Python's change what they are given.
        result = reference.rendered(env, text, copy.deepcopy(CONTEXT))
        shown = result.get("expected", "") + str(result.get("error", {}).get("message", ""))
        # Addresses of objects, and texts too long to keep.
        if re.search(r"object at|0x[0-9a-f]{6,}|<generator|<built-in|<bound|<class", shown, re.IGNORECASE) or len(shown) > 2 * MOST_TEXT:
            continue
        made.append({"template": text, **result})
    return made


if __name__ == "__main__":
    found = cases(int(sys.argv[1]), int(sys.argv[2]))
    reference.write(sys.argv[3], [{"context": CONTEXT}] + found)
    failed = sum("error" in case for case in found)
    print(len(found), "cases,", failed, "of them fail in Python")
