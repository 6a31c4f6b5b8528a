package dev.paddock.hygiene;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A line that gives a session, a conversation or a request its random id and says nothing else. */
final class IdLine implements Finder {
    private static final int LONGEST = 120;
    private static final int SHORTEST_ID = 12;
    private static final List<String> OF =
            List.of("session", "conversation", "thread", "request", "trace", "chat", "run");

    @Override
    public Optional<Fragment> find(String text, int start, int end) {
        if (end - start > LONGEST) return Optional.empty();
        String line = text.substring(start, end);
        int colon = line.indexOf(':');
        if (colon < 0 || !isLabel(line.substring(0, colon))) return Optional.empty();
        return isRandom(line.substring(colon + 1).strip()) ? Optional.of(new Fragment(start, end)) : Optional.empty();
    }

    private static boolean isLabel(String text) {
        String label = text.toLowerCase(Locale.ENGLISH).replaceAll("[^a-z]", "");
        return OF.stream().anyMatch(name -> label.equals(name + "id"));
    }

    /** Long, without blanks, with digits. */
    private static boolean isRandom(String text) {
        String id = text.replaceAll("[`\"'*]", "");
        return id.length() >= SHORTEST_ID
                && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'))
                && id.chars().filter(Character::isDigit).count() >= 4;
    }
}
