package dev.paddock.prompt.jinja;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** {@code strftime} in the C locale. */
final class DateFormat {
    /** Letters of strftime to patterns of Java. */
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('m', "MM"),
            Map.entry('d', "dd"),
            Map.entry('e', "ppd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('f', "SSSSSS"),
            Map.entry('p', "a"),
            Map.entry('B', "MMMM"),
            Map.entry('b', "MMM"),
            Map.entry('h', "MMM"),
            Map.entry('A', "EEEE"),
            Map.entry('a', "EEE"),
            Map.entry('j', "DDD"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('D', "MM/dd/yy"),
            Map.entry('x', "MM/dd/yy"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('X', "HH:mm:ss"),
            Map.entry('R', "HH:mm"),
            Map.entry('c', "EEE MMM ppd HH:mm:ss yyyy"));

    private DateFormat() {}

    static String format(LocalDateTime time, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 >= format.length()) {
                out.append(c);
                continue;
            }
            boolean unpadded = format.charAt(i + 1) == '-' && i + 2 < format.length();
            i += unpadded ? 2 : 1;
            String text = field(time, format.charAt(i));
            out.append(unpadded ? text.replaceFirst("^[0 ]+(?=.)", "") : text);
        }
        return out.toString();
    }

    private static String field(LocalDateTime time, char letter) {
        if (PATTERNS.containsKey(letter)) {
            return DateTimeFormatter.ofPattern(PATTERNS.get(letter), Locale.ENGLISH)
                    .format(time);
        }
        int weekday = time.getDayOfWeek().getValue();
        return switch (letter) {
            case 'u' -> String.valueOf(weekday);
            case 'w' -> String.valueOf(weekday % 7);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'Z', 'z' -> "";
            default -> "%" + letter;
        };
    }
}
