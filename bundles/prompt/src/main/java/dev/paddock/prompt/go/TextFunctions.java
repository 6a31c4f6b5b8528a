package dev.paddock.prompt.go;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** {@code print}, {@code println}, {@code printf}, {@code html}, {@code js} and {@code urlquery}. */
final class TextFunctions {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private TextFunctions() {}

    static void addTo(Map<String, Function> functions) {
        functions.put("print", TextFunctions::print);
        functions.put("println", TextFunctions::printLine);
        functions.put("printf", TextFunctions::printFormat);
        functions.put("html", (arguments, run) -> html(text(arguments, run), run));
        functions.put("js", (arguments, run) -> javaScript(text(arguments, run), run));
        functions.put("urlquery", (arguments, run) -> query(text(arguments, run), run));
    }

    /** A space goes between two values of which none is a text. */
    private static String print(List<Object> arguments, Run run) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            boolean apart = i > 0 && !(arguments.get(i) instanceof String) && !(arguments.get(i - 1) instanceof String);
            if (apart) run.append(out, " ");
            run.append(out, Printing.text(arguments.get(i), Verb.PLAIN, run));
        }
        return out.toString();
    }

    private static String printLine(List<Object> arguments, Run run) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) run.append(out, " ");
            run.append(out, Printing.text(arguments.get(i), Verb.PLAIN, run));
        }
        run.append(out, "\n");
        return out.toString();
    }

    private static String printFormat(List<Object> arguments, Run run) {
        Builtins.atLeast("printf", arguments, 1);
        if (!(arguments.getFirst() instanceof String format)) {
            throw new GoTemplateException(
                    "wrong type for value; expected string; got " + Values.typeName(arguments.getFirst()));
        }
        return Format.text(format, arguments.subList(1, arguments.size()), run);
    }

    /** What is to be escaped; nil is shown as an action shows it. */
    private static String text(List<Object> arguments, Run run) {
        List<Object> shown = new ArrayList<>(arguments);
        shown.replaceAll(value -> value == null ? "<no value>" : value);
        return print(shown, run);
    }

    private static String html(String text, Run run) {
        StringBuilder out = new StringBuilder();
        run.checkedText(5L * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case 0 -> out.append('\ufffd');
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static String javaScript(String text, Run run) {
        StringBuilder out = new StringBuilder();
        run.checkedText(6L * text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\', '\'', '"' -> out.append('\\').appendCodePoint(c);
                case '<', '>', '&', '=' -> out.append("\\u").append(HEX.toHexDigits((char) c));
                default -> {
                    if (Quoting.prints(c)) out.appendCodePoint(c);
                    else out.append(String.format("\\u%04X", c));
                }
            }
        });
        return out.toString();
    }

    /** Java escapes the tilde and leaves the star, Go the other way round. */
    private static String query(String text, Run run) {
        run.checkedText(9L * text.length());
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
