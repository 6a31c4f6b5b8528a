package dev.paddock.hygiene;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line that says what time it is and nothing else, such as {@code Current date and time: Monday, March 9, 2026 at
 * 06:00:31 PM PDT}. A line with the date alone is the same all day and no fragment.
 */
final class TimeLine implements Finder {
    private static final int LONGEST = 160;
    private static final List<String> LABELS = List.of(
            "current date and time",
            "current date/time",
            "current datetime",
            "current time",
            "current date",
            "current local time",
            "date and time",
            "local time",
            "system time",
            "today's date",
            "today is",
            "timestamp",
            "now");

    /** Every repetition has a bound, and a line has at most {@link #LONGEST} characters. */
    private static final Pattern TIME_OF_DAY = Pattern.compile(
            "(?:[T,]| at)? ?(?<!\\d)\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?"
                    + "(?: ?(?:[AaPp][Mm]|[AaPp]\\.[Mm]\\.))?(?: ?(?:Z|[+-]\\d{2}:?\\d{2}|[A-Z]{2,5}(?:[+-]\\d{1,2})?)\\b)?");

    private static final Pattern ZONE = Pattern.compile("\\b[A-Z][A-Za-z_]{1,20}/[A-Z][A-Za-z_]{1,30}\\b");
    private static final Pattern DATE_WORD = Pattern.compile("(?:\\d{1,4}(?:st|nd|rd|th)?"
            + "|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
            + "|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
            + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|utc|gmt|at|of|on|is|the|timezone|time zone)");

    @Override
    public Optional<Fragment> find(String text, int start, int end) {
        if (end - start > LONGEST) return Optional.empty();
        String line = text.substring(start, end);
        int label = label(line);
        if (label < 0) return Optional.empty();
        String said = line.substring(label);
        var time = TIME_OF_DAY.matcher(said);
        if (!time.find()) return Optional.empty();
        String date = said.substring(0, time.start()) + said.substring(time.end());
        if (!isDate(date)) return Optional.empty();
        boolean dated = date.chars().anyMatch(Character::isDigit);
        return Optional.of(new Fragment(start, end, dated ? (line.substring(0, label) + date).stripTrailing() : ""));
    }

    /** Behind a label at the beginning of a line; -1 when there is none. */
    private static int label(String line) {
        int at = 0;
        while (at < line.length() && " -*#>[<".indexOf(line.charAt(at)) >= 0) at++;
        String rest = line.substring(at).toLowerCase(Locale.ENGLISH);
        int begin = rest.startsWith("the ") ? at + 4 : at;
        String named = rest.startsWith("the ") ? rest.substring(4) : rest;
        return LABELS.stream()
                .filter(named::startsWith)
                .findFirst()
                .map(label -> begin + label.length())
                .orElse(-1);
    }

    private static boolean isDate(String text) {
        String words = ZONE.matcher(text).replaceAll(" ").toLowerCase(Locale.ENGLISH);
        return Stream.of(words.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .allMatch(word -> DATE_WORD.matcher(word).matches());
    }
}
