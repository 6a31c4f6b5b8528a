"""Tables for random templates: what values there are, and what takes which."""

ANY = ["str", "str", "int", "float", "bool", "list", "dict"]

CONTEXT = {
    "text": "Hello, World",
    "empty": "",
    "space": "  a\t b\u00a0c \n",
    "odd": "stra\u00dfe \u0130stanbul \ufb01n \u01c6 \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
    "emoji": "a\U0001f600b\U0001f1e9\U0001f1eac e\u0301",
    "lines": "one\ntwo\r\n\nthree\u2028four\x0bfive\x1csix\n",
    "html": "<b class=\"x\">Tom & 'Jerry'</b> <!-- no -->",
    "digits": "-12.50",
    "words": "the quick brown fox jumps over the lazy dog's back",
    "marks": "<|im_start|>user<|im_end|>\\n{x}%s",
    "one": 1,
    "zero": 0,
    "neg": -7,
    "big": 123456789012345678901234567890,
    "pi": 3.14159,
    "half": 2.5,
    "tiny": 1e-7,
    "huge": 1.5e300,
    "yes": True,
    "no": False,
    "nothing": None,
    "nums": [3, 1, 2, -1, 10],
    "strs": ["b", "A", "a", "\u00e9", "", "Zz"],
    "mixed": {"k": "v", "n": None, "l": [1, "two", None, True, 2.0], "\u00e9": {"x": "y"}},
    "dct": {"b": 2, "a": 1, "C": 3},
    "pairs": [["k", 1], ["j", "2"]],
    "users": [
        {"name": "Bob", "age": 30, "both": [1, 2], "tag": "x"},
        {"name": "alice", "age": 25, "both": ["p", "q"], "tag": "y"},
        {"name": "Carol", "age": 30, "both": [None, ""]},
    ],
    "tree": [{"n": 1, "c": [{"n": 2, "c": []}, {"n": 3, "c": [{"n": 4}]}]}],
    "deep": [[1, [2, [3, []]]], [], [[[]]]],
    "its": {"items": 1, "keys": "k", "get": None},
}

VARIABLES = {
    "str": ["text", "empty", "space", "odd", "emoji", "lines", "html", "digits", "words", "marks"],
    "int": ["one", "zero", "neg", "big"],
    "float": ["pi", "half", "tiny", "huge"],
    "bool": ["yes", "no", "nothing", "missing"],
    "list": ["nums", "strs", "pairs", "users", "deep"],
    "dict": ["mixed", "dct", "its", "users[0]"],
}

LITERALS = {
    "str": ["'a'", "' '", "''", "'l'", "'\\n'", "'ab' 'cd'", "\"it's\"", "'o'", "'\\u00e9\\x41\\t'", "'k'", "'aXbXc'", "'%'", "'1_000'", "' 42 '", "'1e3'", "'0x1F'"],
    "int": ["0", "1", "2", "-1", "3", "10", "255", "1_000", "0x1f", "-7", "10000000000000000000"],
    "float": ["0.5", "1.0", "-2.5", "1e3", "1e16", "1.5e-5", "0.1", "100.0", "2.675", "1e22", "123456789.125"],
    "bool": ["true", "false", "none", "True", "None"],
    "list": ["[]", "[1, 2, 3]", "['a', 'b']", "(1, 'x')", "range(4)", "range(5, 0, -2)", "[none, true, 1.5]", "()", "[[1, 2], [3]]", "['B', 'a', 'C']", "[1, 1.0, true]"],
    "dict": ["{}", "{'k': 1}", "{'k': 'v', 'a': [1]}", "{1: 'one', 'k': none}", "dict(a=1, k='b')"],
}

# What a method or filter takes: a kind of value; "?" before it: optional; "=name:" before it: optional, by name;
# "!": one of these texts, " & " standing for a comma within one.
CHARS = "!'a',' ','xyz','.','<b','\\n','','lo','l','o ','\\u00e9'"
SMALL = "!0,1,2,3,5,-1,12,20"
METHODS = {
    "str": {
        "str": [
            ("strip", ["?" + CHARS]), ("lstrip", ["?" + CHARS]), ("rstrip", ["?" + CHARS]),
            ("upper", []), ("lower", []), ("title", []), ("capitalize", []), ("swapcase", []), ("casefold", []),
            ("replace", [CHARS, CHARS, "?" + SMALL]), ("center", [SMALL, "?!'*','\\u00e9','','ab'"]),
            ("ljust", [SMALL, "?!'*',' '"]), ("rjust", [SMALL, "?!'*','0'"]), ("zfill", [SMALL]),
            ("join", ["!strs,['x', 'y'],'abc',[],[1],dct,('p', 'q'),strs|map('upper')"]),
            ("removeprefix", [CHARS]), ("removesuffix", [CHARS]), ("expandtabs", ["?" + SMALL]),
            ("format", ["any", "?any"]), ("format_map", ["dict"]),
        ],
        "int": [
            ("find", [CHARS, "?" + SMALL, "?" + SMALL]), ("rfind", [CHARS, "?" + SMALL, "?" + SMALL]),
            ("index", [CHARS, "?" + SMALL, "?" + SMALL]), ("rindex", [CHARS, "?" + SMALL, "?" + SMALL]),
            ("count", [CHARS, "?" + SMALL, "?" + SMALL]),
        ],
        "bool": [
            ("startswith", ["!'H','st',('a', 'H'),'',1,[]", "?" + SMALL, "?" + SMALL]),
            ("endswith", ["!'d','\\n',('a', 'd'),'',none", "?" + SMALL, "?" + SMALL]),
            ("isdigit", []), ("isnumeric", []), ("isdecimal", []), ("isalpha", []), ("isalnum", []), ("isspace", []),
            ("isascii", []), ("isupper", []), ("islower", []), ("istitle", []), ("isidentifier", []), ("isprintable", []),
        ],
        "list": [
            ("split", ["?!',',none,'a',' ','\\n','o','', 'l'", "?" + SMALL]), ("rsplit", ["?!',',none,'a',' ','o'", "?" + SMALL]),
            ("splitlines", ["?!true,false,1"]), ("partition", [CHARS]), ("rpartition", [CHARS]),
            ("split", ["=maxsplit:" + SMALL]), ("split", ["=sep:!'a',' ',none"]),
        ],
    },
    "list": {"int": [("index", ["any", "?" + SMALL]), ("count", ["any"])]},
    "dict": {
        "list": [("items", []), ("keys", []), ("values", []), ("get", ["!'k','a','zz',1,none,'\\u00e9',[]", "?any"]), ("copy", []),
                 ("append", ["any"]), ("pop", ["!'k'"]), ("update", ["dict"])],
    },
}

COMMON = [("string", []), ("default", ["?any", "?!true,false"]), ("d", ["?any", "=boolean:!true"])]
FILTERS = {
    "str": {
        "str": COMMON + [
            ("trim", ["?" + CHARS]), ("upper", []), ("lower", []), ("title", []), ("capitalize", []),
            ("replace", [CHARS, CHARS, "?" + SMALL]), ("center", ["?" + SMALL]), ("reverse", []),
            ("indent", ["?!2,4,0,'> ',-1", "?!true,false", "?!true,false"]), ("indent", ["=first:!true", "=blank:!true"]),
            ("truncate", ["?" + SMALL, "?!true,false", "?!'...','\\u2026',''", "?!0,5,3"]),
            ("wordwrap", ["?!5,10,20,3,79", "?!true,false", "?!'|',none", "?!true,false"]),
            ("wordwrap", ["=width:!6,12", "=break_long_words:!false", "=break_on_hyphens:!false"]),
            ("escape", []), ("e", []), ("safe", []), ("forceescape", []), ("striptags", []), ("urlencode", []),
            ("format", ["any", "?any"]), ("tojson", ["=ensure_ascii:!true", "=indent:!2,none"]), ("first", []), ("last", []),
            ("join", ["?" + CHARS]), ("max", []), ("min", []), ("filesizeformat", []), ("attr", ["!'upper','x','__class__'"]),
        ],
        "int": [("length", []), ("count", []), ("wordcount", []), ("int", ["?!0,7,none,'x'", "?!10,16,8,2,0"]), ("int", ["=base:!16,36,1", "=default:!5"])],
        "float": [("float", ["?!0.0,1.5,none"]), ("round", ["?!0,1,2,-1"])],
        "list": [("list", []), ("map", ["!'upper','ord','int'"]), ("batch", [SMALL, "?!'-',none"]), ("slice", [SMALL]), ("unique", []), ("sort", []), ("select", ["?!'lower','upper','in'"])],
    },
    "int": {
        "int": [("abs", []), ("int", []), ("round", ["?!0,-1,-2,2"]), ("default", ["int"])],
        "float": [("float", []), ("round", ["?!0,1,2,-1,-3", "?!'common','ceil','floor','nope'"]), ("abs", [])],
        "str": [("string", []), ("filesizeformat", ["?!true,false"]), ("tojson", [])],
    },
    "list": {
        "str": [
            ("join", ["?" + CHARS, "?!none,'name',0,'age'"]), ("first", []), ("last", []), ("tojson", ["=indent:!2,0,'\\t'", "=separators:!(',', ':')", "=sort_keys:!true"]),
            ("string", []), ("max", ["=attribute:!'age',0"]), ("min", ["=attribute:!'name'", "=case_sensitive:!true"]), ("upper", []), ("urlencode", []),
        ],
        "int": [("length", []), ("sum", ["?!none,'age','x'", "?!10,0.5,'a',[]"]), ("count", [])],
        "list": [
            ("list", []), ("sort", ["=reverse:!true,false", "=case_sensitive:!true", "=attribute:!'name','age','age,name',0,'both.0'"]), ("sort", []),
            ("unique", ["=case_sensitive:!true", "=attribute:!'age'"]), ("reverse", []), ("map", ["!'upper','string','length','first','abs','trim'"]),
            ("map", ["=attribute:!'name','age','both.1',0,'zz'", "=default:!'none',0"]), ("map", ["!'replace' & 'a' & 'b'"]), ("map", ["!'default' & 'x' & true"]),
            ("select", ["?!'string','number','none','mapping','odd','defined','true'"]), ("reject", ["?!'string','none','equalto' & 1"]),
            ("selectattr", ["!'name','age','tag','both.0'", "?!'equalto' & 30,'gt' & 26,'defined','none','in' & [30]"]),
            ("rejectattr", ["!'name','age','tag'", "?!'equalto' & 30,'undefined','lt' & 30"]),
            ("groupby", ["!'age','name','tag',0", "?!'?',none"]), ("batch", [SMALL, "?!'-',none"]), ("slice", [SMALL, "?!'-',none"]),
            ("items", []),
        ],
    },
    "dict": {
        "list": [
            ("items", []), ("dictsort", []), ("dictsort", ["=by:!'key','value','x'", "=reverse:!true", "=case_sensitive:!true"]), ("list", []), ("sort", []),
            ("map", ["!'upper'"]), ("select", []), ("first", []), ("reverse", []), ("length", []), ("xmlattr", ["?!true,false"]), ("urlencode", []), ("join", ["!', '"]),
        ],
    },
    "any": {
        "str": COMMON + [
            ("tojson", []), ("tojson", ["=sort_keys:!true", "=indent:!1,3", "=ensure_ascii:!true,false"]), ("upper", []), ("lower", []), ("trim", []), ("safe", []), ("e", []),
            ("length", []), ("first", []), ("join", ["?" + CHARS]), ("title", []), ("capitalize", []), ("replace", [CHARS, "any"]), ("center", [SMALL]),
            ("abs", []), ("int", []), ("float", []), ("round", []), ("list", []), ("wordcount", []), ("urlencode", []), ("striptags", []), ("format", ["any"]), ("indent", []),
            ("attr", ["!'items','k','_x','__class__'"]), ("escape", []), ("nope", []), ("xmlattr", []), ("truncate", ["!5,9"]),
        ]
    },
}

TESTS = [
    ("defined", []), ("undefined", []), ("none", []), ("boolean", []), ("true", []), ("false", []), ("integer", []), ("float", []), ("number", []),
    ("string", []), ("mapping", []), ("sequence", []), ("iterable", []), ("callable", []), ("odd", []), ("even", []), ("lower", []), ("upper", []),
    ("escaped", []), ("filter", []), ("test", []), ("divisibleby", ["int"]), ("in", ["list"]), ("sameas", ["any"]), ("eq", ["any"]), ("equalto", ["any"]),
    ("ne", ["any"]), ("lt", ["any"]), ("lessthan", ["int"]), ("le", ["int"]), ("gt", ["any"]), ("greaterthan", ["int"]), ("ge", ["int"]), ("==", ["any"]), ("nope", []),
]

GLOBALS = [
    "range(3)|list", "range(10, 0, -3)|list", "range(2, 4)", "range(0)", "range(3)[1]", "range(5)[::-1]", "range(3)[-1]", "range(3)|last", "range(4)|sum",
    "dict(a=1)", "dict([('a', 1)])", "dict({'x': 2}, y=3)", "dict()", "namespace(a=1).a", "namespace({'a': 2}).a", "lipsum is defined", "range is callable",
    "cycler is defined", "joiner is defined", "self is defined", "loop is defined", "caller is defined", "().__class__", "''.__class__.__mro__", "text.__len__",
    "namespace.__init__", "range.__doc__", "cycler.__init__.__globals__", "text|attr('__class__')", "'{0.__class__}'.format(text)", "'{a.__len__}'.format(a=text)",
    "text['upper']()", "text.upper", "dct.items", "nums.append", "nums['append']", "mixed['items']", "its.items()|list", "its['items']", "its.get('x')",
    "nums.0", "pairs.1.0", "text.0", "text[-1]", "nums[none]", "dct[[]]", "text[1.5]", "missing", "missing.x", "missing['x']", "missing()", "missing + 1", "-missing",
    "missing|length", "missing|list", "missing ~ 'x'", "missing == none", "missing is none", "missing in [1]", "not missing", "missing or 'd'", "missing|upper", "'x' in missing",
    "1 if missing", "(1 if missing) is defined", "1_0.5", "1.e3 is defined", "1e400", "-1e400", "(1e400)|int", "(1e400) - (1e400)", "0 * -1.0", "2**100", "(-2)**3", "-2**2",
    "7 // -2", "-7 % 3", "7.5 // 2", "-7.5 % 2", "1/3", "2/1", "10 // 3.0", "true + true", "'a' < 'B'", "[1] < [1, 2]", "(1, 2) == [1, 2]", "1 == 1.0", "1 == true", "'1' == 1",
    "{1: 'a'}[1.0]", "{1: 'a'}[true]", "none == false", "none < 1", "[] == ()", "'a' * 3", "3 * 'a'", "[1] * 2", "'a' * -1", "'%s' % 'x'", "'%s %s' % ('a', 1)", "'%d%%' % 5",
    "'%(k)s' % mixed", "'%5.1f|' % pi", "'a' 'b'", "1 < 2 < 3", "1 < 2 > 3", "not 1 == 2", "'a' in 'abc'", "'a' not in 'abc'", "1 in {1: 2}", "1 is odd is defined",
]
