package dev.paddock.prompt.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Methods of str. */
final class TextMethods {
    /** A method with the text it is called on. */
    @FunctionalInterface
    interface Method {
        Object call(Run run, String text, CallArguments arguments);
    }

    private static final Map<String, Method> METHODS = new HashMap<>();

    static {
        addChanging();
        addFilling();
        addSearching();
        addAsking();
        METHODS.put("format", BraceFormat::format);
        for (String name : List.of("encode", "translate", "maketrans")) METHODS.put(name, unavailable(name));
    }

    private TextMethods() {}

    private static void add(String signature, Method method) {
        var bound = Signature.of(signature);
        METHODS.put(bound.name(), (run, text, a) -> method.call(run, text, bound.bound(a)));
    }

    private static void addChanging() {
        add("strip(chars?/)", (run, text, a) -> Text.strip(text, set(a), true, true));
        add("lstrip(chars?/)", (run, text, a) -> Text.strip(text, set(a), true, false));
        add("rstrip(chars?/)", (run, text, a) -> Text.strip(text, set(a), false, true));
        add("upper()", (run, text, a) -> TextCase.upper(growing(run, text)));
        add("lower()", (run, text, a) -> TextCase.lower(growing(run, text)));
        add("casefold()", (run, text, a) -> TextCase.folded(growing(run, text)));
        add("title()", (run, text, a) -> TextCase.title(growing(run, text)));
        add("capitalize()", (run, text, a) -> TextCase.capitalize(growing(run, text)));
        add("swapcase()", (run, text, a) -> TextCase.swapped(growing(run, text)));
        add("split(sep?, maxsplit?)", (run, text, a) -> TextSplit.left(run, text, a.get(0, null), a.integer(1, -1)));
        add("rsplit(sep?, maxsplit?)", (run, text, a) -> TextSplit.right(run, text, a.get(0, null), a.integer(1, -1)));
        add("splitlines(keepends?)", (run, text, a) -> Text.lines(run, text, a.flag(0)));
        add("partition(sep/)", (run, text, a) -> TextSplit.partition(run, text, a.text(0), false));
        add("rpartition(sep/)", (run, text, a) -> TextSplit.partition(run, text, a.text(0), true));
        add("removeprefix(prefix/)", (run, text, a) -> removePrefix(text, a.text(0)));
        add("removesuffix(suffix/)", (run, text, a) -> removeSuffix(text, a.text(0)));
        add("replace(old, new, count?/)", (run, text, a) -> {
            return Text.replace(run, text, a.text(0), a.text(1), a.integer(2, -1));
        });
        add("join(iterable/)", (run, text, a) -> join(run, text, a.get(0)));
        add("format_map(mapping/)", (run, text, a) -> BraceFormat.formatMap(run, text, a.get(0)));
    }

    private static void addFilling() {
        add("center(width, fillchar?/)", (run, text, a) -> TextFill.justify(run, text, a, "center"));
        add("ljust(width, fillchar?/)", (run, text, a) -> TextFill.justify(run, text, a, "ljust"));
        add("rjust(width, fillchar?/)", (run, text, a) -> TextFill.justify(run, text, a, "rjust"));
        add("zfill(width/)", (run, text, a) -> TextFill.zeros(run, text, a.integer(0, 0)));
        add("expandtabs(tabsize?)", (run, text, a) -> TextFill.expandTabs(run, text, a.integer(0, 8)));
    }

    private static void addSearching() {
        add("find(sub, start?, end?/)", (run, text, a) -> TextRange.of(text, a).find(run, a.text(0), false));
        add("rfind(sub, start?, end?/)", (run, text, a) -> TextRange.of(text, a).find(run, a.text(0), true));
        add("index(sub, start?, end?/)", (run, text, a) -> {
            return required(TextRange.of(text, a).find(run, a.text(0), false));
        });
        add("rindex(sub, start?, end?/)", (run, text, a) -> {
            return required(TextRange.of(text, a).find(run, a.text(0), true));
        });
        add("count(sub, start?, end?/)", (run, text, a) -> TextRange.of(text, a).count(run, a.text(0)));
        add("startswith(prefix, start?, end?/)", (run, text, a) -> TextRange.of(text, a)
                .hasAffix(a.get(0), false));
        add("endswith(suffix, start?, end?/)", (run, text, a) -> TextRange.of(text, a)
                .hasAffix(a.get(0), true));
    }

    private static void addAsking() {
        add("isdigit()", (run, text, a) -> all(text, TextMethods::isDigit));
        add("isnumeric()", (run, text, a) -> all(text, c -> isDigit(c) || isNumberSign(c)));
        add("isdecimal()", (run, text, a) -> all(text, Character::isDigit));
        add("isalpha()", (run, text, a) -> all(text, Character::isLetter));
        add("isalnum()", (run, text, a) -> all(text, c -> Character.isLetter(c) || isDigit(c) || isNumberSign(c)));
        add("isspace()", (run, text, a) -> all(text, Text::isSpace));
        add("isprintable()", (run, text, a) -> text.codePoints().allMatch(Text::isPrintable));
        add("isascii()", (run, text, a) -> text.chars().allMatch(c -> c < 128));
        add("isupper()", (run, text, a) -> TextCase.isUpper(text));
        add("islower()", (run, text, a) -> TextCase.isLower(text));
        add("istitle()", (run, text, a) -> TextCase.isTitle(text));
        add("isidentifier()", (run, text, a) -> isIdentifier(text));
    }

    /** The method of that name, or {@link Undefined#MISSING}. */
    static Object find(String text, String name) {
        var method = METHODS.get(name);
        if (method == null) return Undefined.MISSING;
        return (Function) (run, arguments) -> {
            run.look(text.length());
            return checked(run, method.call(run, text, arguments));
        };
    }

    /** What is made of a text is counted: it may be several times as long. */
    private static Object checked(Run run, Object result) {
        return result instanceof String text ? run.made(text) : result;
    }

    /** A text of which each character may become three in another case. */
    static String growing(Run run, String text) {
        run.text(3L * text.length());
        return text;
    }

    private static Method unavailable(String name) {
        return (run, text, a) -> {
            throw new TemplateException("str." + name + " is not available in templates");
        };
    }

    private static String set(CallArguments arguments) {
        Object given = arguments.get(0, null);
        return given == null ? null : Text.require(given, "strip arg");
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    /** Digits of any script, raised and lowered ones too. */
    private static boolean isDigit(int c) {
        return Character.isDigit(c) || "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".indexOf(c) >= 0 || (c >= 0x2460 && c <= 0x2468);
    }

    private static boolean isNumberSign(int c) {
        return Character.getType(c) == Character.OTHER_NUMBER || Character.getType(c) == Character.LETTER_NUMBER;
    }

    private static String removePrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removeSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static long required(long at) {
        if (at < 0) throw new TemplateException("substring not found");
        return at;
    }

    private static String join(Run run, String between, Object given) {
        StringBuilder out = new StringBuilder();
        int index = 0;
        var items = Values.iterate(run, given);
        while (items.hasNext()) {
            Object item = items.next();
            run.work(1);
            if (index > 0) run.append(out, between);
            run.append(out, Text.require(item, "sequence item " + index + ": expected str instance, it"));
            index++;
        }
        return out.toString();
    }

    private static boolean isIdentifier(String text) {
        if (text.isEmpty()) return false;
        int first = text.codePointAt(0);
        boolean start = Character.isUnicodeIdentifierStart(first) || first == '_';
        return start
                && text.codePoints()
                        .skip(1)
                        .allMatch(c ->
                                c > ' ' && Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
}
