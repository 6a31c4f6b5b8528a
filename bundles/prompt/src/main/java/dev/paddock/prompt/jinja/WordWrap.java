package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The filter {@code wordwrap}: lines of at most so many characters, as Python's {@code textwrap} breaks them. */
final class WordWrap {
    private static final String SPACE = "[\\t\\n\\x0B\\f\\r ]";
    private static final String OTHER = "[^\\t\\n\\x0B\\f\\r ]";
    private static final String LETTER = "[^\\d\\W]";
    private static final Pattern CHUNKS = Pattern.compile(
            "(" + SPACE + "++|(?<=[\\w!\"'&.,?])-{2,}+(?=\\w)|" + OTHER + "+?(?:-(?:(?<=" + LETTER + "{2}-)|(?<="
                    + LETTER + "-" + LETTER + "-))(?=" + LETTER + "-?" + LETTER + ")|(?=" + SPACE
                    + "|\\z)|(?<=[\\w!\"'&.,?])(?=-{2,}\\w)))",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORDS = Pattern.compile("(" + SPACE + "++|" + OTHER + "++)");

    private final Run run;
    private final int width;
    private final boolean breakWords;
    private final boolean breakHyphens;

    private WordWrap(Run run, CallArguments arguments) {
        this.run = run;
        this.width = arguments.integer(0, 79);
        this.breakWords = Values.truth(arguments.get(1, true));
        this.breakHyphens = Values.truth(arguments.get(3, true));
    }

    static String wrap(Run run, Object input, CallArguments arguments) {
        String text = Text.required(input, "splitlines");
        Object given = arguments.get(2, null);
        // Each character may become a line.
        run.items(text.length());
        String between = given == null ? "\n" : Text.require(given, "wrapstring");
        var wrap = new WordWrap(run, arguments);
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Object line : Text.lines(run, text, false)) {
            if (!first) run.append(out, between);
            first = false;
            run.append(out, String.join(between, wrap.lines(line.toString())));
        }
        return out.toString();
    }

    private List<String> lines(String line) {
        if (width <= 0) throw new TemplateException("invalid width " + width + " (must be > 0)");
        List<String> chunks = chunks(line).reversed();
        List<String> lines = new ArrayList<>();
        while (!chunks.isEmpty()) {
            if (chunks.getLast().isBlank() && !lines.isEmpty()) chunks.removeLast();
            List<String> current = new ArrayList<>();
            int length = 0;
            while (!chunks.isEmpty() && length + length(chunks.getLast()) <= width) {
                length += length(chunks.getLast());
                current.add(chunks.removeLast());
            }
            if (!chunks.isEmpty() && length(chunks.getLast()) > width) breakWord(chunks, current, width - length);
            if (!current.isEmpty() && isSpace(current.getLast())) current.removeLast();
            if (!current.isEmpty()) lines.add(String.join("", current));
            run.grown(lines.size());
        }
        return lines;
    }

    private List<String> chunks(String line) {
        List<String> chunks = new ArrayList<>();
        var matcher = (breakHyphens ? CHUNKS : WORDS).matcher(line);
        while (matcher.find()) {
            chunks.add(matcher.group());
            run.grown(chunks.size());
        }
        return new ArrayList<>(chunks);
    }

    /** Puts as much of a word that is too long on this line as goes there. */
    private void breakWord(List<String> chunks, List<String> current, int space) {
        String word = chunks.getLast();
        if (!breakWords) {
            if (current.isEmpty()) current.add(chunks.removeLast());
            return;
        }
        int end = word.offsetByCodePoints(0, space);
        if (breakHyphens && length(word) > space) {
            int hyphen = end == 0 ? -1 : word.lastIndexOf('-', end - 1);
            if (hyphen > 0 && word.substring(0, hyphen).chars().anyMatch(c -> c != '-')) end = hyphen + 1;
        }
        current.add(word.substring(0, end));
        chunks.removeLast();
        chunks.add(word.substring(end));
        run.look(word.length());
    }

    private static boolean isSpace(String chunk) {
        return chunk.codePoints().allMatch(Text::isSpace);
    }

    private static int length(String chunk) {
        return chunk.codePointCount(0, chunk.length());
    }
}
