package dev.paddock.prompt.jinja;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        addSearching();
        addAsking();
    }

    private TextMethods() {}

    private static void addChanging() {
        METHODS.put("strip", (run, text, a) -> Text.strip(text, set(a), true, true));
        METHODS.put("lstrip", (run, text, a) -> Text.strip(text, set(a), true, false));
        METHODS.put("rstrip", (run, text, a) -> Text.strip(text, set(a), false, true));
        METHODS.put("upper", (run, text, a) -> text.toUpperCase(Locale.ROOT));
        METHODS.put("lower", (run, text, a) -> text.toLowerCase(Locale.ROOT));
        METHODS.put("casefold", (run, text, a) -> text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        METHODS.put("title", (run, text, a) -> Text.title(text));
        METHODS.put("capitalize", (run, text, a) -> Text.capitalize(text));
        METHODS.put("swapcase", (run, text, a) -> swapCase(text));
        METHODS.put("split", (run, text, a) -> split(text, a, false));
        METHODS.put("rsplit", (run, text, a) -> split(text, a, true));
        METHODS.put("splitlines", (run, text, a) -> Text.lines(text, a.flag(0, "keepends")));
        METHODS.put("startswith", (run, text, a) -> affix(text, a, "startswith"));
        METHODS.put("endswith", (run, text, a) -> affix(text, a, "endswith"));
        METHODS.put("removeprefix", (run, text, a) -> removePrefix(text, a.text(0, "removeprefix")));
        METHODS.put("removesuffix", (run, text, a) -> removeSuffix(text, a.text(0, "removesuffix")));
        METHODS.put("replace", TextMethods::replace);
        METHODS.put("join", TextMethods::join);
        METHODS.put("format", (run, text, a) -> BraceFormat.format(run, text, a));
        METHODS.put("format_map", TextMethods::formatMap);
        METHODS.put("center", (run, text, a) -> justify(run, text, a, "center"));
        METHODS.put("ljust", (run, text, a) -> justify(run, text, a, "ljust"));
        METHODS.put("rjust", (run, text, a) -> justify(run, text, a, "rjust"));
        METHODS.put("zfill", TextMethods::zeroFill);
        METHODS.put("expandtabs", TextMethods::expandTabs);
    }

    private static void addSearching() {
        METHODS.put("find", (run, text, a) -> find(text, a, "find"));
        METHODS.put("rfind", (run, text, a) -> find(text, a, "rfind"));
        METHODS.put("index", (run, text, a) -> required(find(text, a, "index")));
        METHODS.put("rindex", (run, text, a) -> required(find(text, a, "rindex")));
        METHODS.put("count", (run, text, a) -> count(text, a.text(0, "count")));
        METHODS.put("partition", (run, text, a) -> partition(text, a.text(0, "partition"), false));
        METHODS.put("rpartition", (run, text, a) -> partition(text, a.text(0, "rpartition"), true));
    }

    private static void addAsking() {
        METHODS.put("isdigit", (run, text, a) -> all(text, Character::isDigit));
        METHODS.put("isnumeric", (run, text, a) -> all(text, Character::isDigit));
        METHODS.put("isdecimal", (run, text, a) -> all(text, Character::isDigit));
        METHODS.put("isalpha", (run, text, a) -> all(text, Character::isLetter));
        METHODS.put("isalnum", (run, text, a) -> all(text, Character::isLetterOrDigit));
        METHODS.put("isspace", (run, text, a) -> all(text, c -> c < 0x10000 && Text.isSpace((char) c)));
        METHODS.put("isascii", (run, text, a) -> text.chars().allMatch(c -> c < 128));
        METHODS.put("isupper", (run, text, a) -> Checks.isUpper(text));
        METHODS.put("islower", (run, text, a) -> Checks.isLower(text));
        METHODS.put(
                "istitle",
                (run, text, a) -> text.codePoints().anyMatch(Text::isCased) && text.equals(Text.title(text)));
        for (String name : List.of("encode", "translate", "maketrans")) METHODS.put(name, unavailable(name));
        METHODS.put("isidentifier", (run, text, a) -> isIdentifier(text));
    }

    /** The method of that name, or null. */
    static Function find(String text, String name) {
        var method = METHODS.get(name);
        return method == null ? null : (run, arguments) -> method.call(run, text, arguments);
    }

    private static Method unavailable(String name) {
        return (run, text, a) -> {
            throw new TemplateException("str." + name + " is not available in templates");
        };
    }

    private static String set(CallArguments arguments) {
        Object given = arguments.get(0, "chars", null);
        return given == null ? null : Text.require(given, "strip arg");
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    private static String swapCase(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static List<Object> split(String text, CallArguments arguments, boolean right) {
        arguments.between(0, 2, "split");
        Object given = arguments.get(0, "sep", null);
        int most = arguments.integer(1, "maxsplit", -1);
        if (given == null) return right ? Text.splitSpaceFromRight(text, most) : Text.splitSpace(text, most);
        String separator = Text.require(given, "sep");
        return right ? Text.splitFromRight(text, separator, most) : Text.split(text, separator, most);
    }

    private static boolean affix(String whole, CallArguments arguments, String name) {
        arguments.between(1, 3, name);
        String text = whole;
        if (arguments.count() > 1) {
            text = (String) Access.slice(whole, arguments.get(1, "start", null), arguments.get(2, "end", null), null);
        }
        Object given = arguments.positional().getFirst();
        List<?> affixes = given instanceof Tuple tuple ? tuple : Collections.singletonList(given);
        for (Object affix : affixes) {
            String wanted = Text.require(affix, name + " first arg");
            if (name.equals("startswith") ? text.startsWith(wanted) : text.endsWith(wanted)) return true;
        }
        return false;
    }

    private static String removePrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String removeSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String replace(Run run, String text, CallArguments arguments) {
        arguments.between(2, 3, "replace");
        int most = arguments.integer(2, "count", -1);
        return Text.replace(run, text, arguments.text(0, "replace"), arguments.text(1, "replace"), most);
    }

    private static long find(String text, CallArguments arguments, String name) {
        arguments.between(1, 3, name);
        String wanted = arguments.text(0, name);
        int length = text.codePointCount(0, text.length());
        int start = Math.clamp(arguments.integer(1, "start", 0), 0, length);
        int from = text.offsetByCodePoints(0, start);
        int at = name.startsWith("r") ? text.lastIndexOf(wanted) : text.indexOf(wanted, from);
        return at < from ? -1 : text.codePointCount(0, at);
    }

    private static long required(long at) {
        if (at < 0) throw new TemplateException("substring not found");
        return at;
    }

    private static long count(String text, String wanted) {
        if (wanted.isEmpty()) return Values.length(text) + 1;
        long count = 0;
        for (int i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + wanted.length())) count++;
        return count;
    }

    private static Tuple partition(String text, String separator, boolean right) {
        if (separator.isEmpty()) throw new TemplateException("empty separator");
        int at = right ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) return right ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    private static String join(Run run, String text, CallArguments arguments) {
        arguments.between(1, 1, "join");
        StringBuilder out = new StringBuilder();
        int index = 0;
        for (Object item : Values.iterate(arguments.positional().getFirst())) {
            if (index > 0) run.append(out, text);
            run.append(out, Text.require(item, "sequence item " + index + ": expected str instance, it"));
            index++;
        }
        return out.toString();
    }

    private static String formatMap(Run run, String text, CallArguments arguments) {
        if (!(arguments.first("format_map") instanceof Map<?, ?> dict)) {
            throw new TemplateException("format_map() argument must be a mapping");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        dict.forEach((key, value) -> named.put(Printing.text(key), value));
        return BraceFormat.format(run, text, new CallArguments(List.of(), named));
    }

    /** Fills up to a width; Python puts the odd space of {@code center} left or right by the width. */
    static String justify(Run run, String text, CallArguments arguments, String name) {
        int width = Numbers.index(arguments.first(name), "width");
        String fill = arguments.count() > 1 ? arguments.text(1, name) : " ";
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        int left =
                switch (name) {
                    case "center" -> missing / 2 + (missing & width & 1);
                    case "rjust" -> missing;
                    default -> 0;
                };
        return run.repeat(fill, left) + text + run.repeat(fill, missing - left);
    }

    private static String zeroFill(Run run, String text, CallArguments arguments) {
        int missing = Numbers.index(arguments.first("zfill"), "width") - text.codePointCount(0, text.length());
        if (missing <= 0) return text;
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + run.repeat("0", missing) + text.substring(sign);
    }

    private static String expandTabs(Run run, String text, CallArguments arguments) {
        int size = arguments.integer(0, "tabsize", 8);
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                int spaces = size <= 0 ? 0 : size - column % size;
                run.append(out, run.repeat(" ", spaces));
                column += spaces;
            } else {
                out.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return out.toString();
    }

    private static boolean isIdentifier(String text) {
        if (text.isEmpty()) return false;
        boolean start = Character.isUnicodeIdentifierStart(text.charAt(0)) || text.charAt(0) == '_';
        return start && text.chars().skip(1).allMatch(Character::isUnicodeIdentifierPart);
    }
}
