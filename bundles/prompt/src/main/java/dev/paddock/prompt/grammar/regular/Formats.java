package dev.paddock.prompt.grammar.regular;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The formats of JSON Schema that can be held to, each as narrow as the strictest of usual readers is: years from 1, no
 * leap seconds, offsets that are in use, e-mail addresses without quotes.
 */
public final class Formats {
    private static final String LEAP = "0[48]|[2468][048]|[13579][26]";
    private static final String YEAR = "(?:[1-9]\\d{3}|0[1-9]\\d{2}|00[1-9]\\d|000[1-9])";
    private static final String DATE = "(?:" + YEAR + "-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))"
            + "|(?:\\d{2}(?:" + LEAP + ")|(?:" + LEAP + ")00)-02-29)";
    private static final String TIME =
            "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?" + "(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d|[+-]14:00)";
    private static final String BYTE = "(?:\\d|[1-9]\\d|1\\d{2}|2[0-4]\\d|25[0-5])";
    private static final String NAME = "[A-Za-z0-9]{1,20}(?:-[A-Za-z0-9]{1,20}){0,2}";
    /** Readers that know the names of top-level domains refuse others: countries, and what is common beside. */
    private static final String TOP =
            "(?:com|org|net|edu|gov|mil|int|info|biz|name|pro|aero|coop|museum|jobs|mobi|travel|tel|cat"
                    + "|asia|post|app|dev|cloud|online|site|store|shop|tech|blog|xyz|email"
                    + "|ac|ad|ae|af|ag|ai|al|am|ao|aq|ar|as|at|au|aw|ax|az|ba|bb|bd|be|bf|bg|bh|bi|bj|bm|bn|bo|br"
                    + "|bs|bt|bw|by|bz|ca|cc|cd|cf|cg|ch|ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|do|dz"
                    + "|ec|ee|eg|er|es|et|eu|fi|fj|fk|fm|fo|fr|ga|gd|ge|gf|gg|gh|gi|gl|gm|gn|gp|gq|gr|gs|gt|gu|gw"
                    + "|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|in|io|iq|ir|is|it|je|jm|jo|jp|ke|kg|kh|ki|km|kn|kp|kr|kw"
                    + "|ky|kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|me|mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|mu"
                    + "|mv|mw|mx|my|mz|na|nc|ne|nf|ng|ni|nl|no|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt"
                    + "|pw|py|qa|re|ro|rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sk|sl|sm|sn|so|sr|st|sv|sx|sy|sz|tc|td|tf"
                    + "|tg|th|tj|tk|tl|tm|tn|to|tr|tt|tv|tw|tz|ua|ug|uk|us|uy|uz|va|vc|ve|vg|vi|vn|vu|wf|ws|ye|yt"
                    + "|za|zm|zw)";

    private static final String EMAIL =
            "[A-Za-z0-9_+-]{1,20}(?:\\.[A-Za-z0-9_+-]{1,20}){0,2}@(?:" + NAME + "\\.){1,3}" + TOP;

    private static final Map<String, String> PATTERNS = Map.of(
            "date",
            DATE,
            "time",
            TIME,
            "date-time",
            DATE + "T" + TIME,
            "uuid",
            "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
            "email",
            EMAIL,
            "ipv4",
            BYTE + "(?:\\." + BYTE + "){3}");

    /** Made when first asked for: a start does not wait for them. */
    private static final Map<String, Format> FORMATS = new ConcurrentHashMap<>();

    private Formats() {}

    /**
     * A format.
     *
     * @param regex as it may be written
     * @param forks of each place in it where ways part, the automaton that tells them apart
     * @param automaton accepts texts of it
     */
    public record Format(Regex regex, Map<Regex, Automaton> forks, Automaton automaton) {}

    /** A format by its name; empty when it is not among those that can be held to. */
    public static Optional<Format> of(String name) {
        String pattern = PATTERNS.get(name);
        if (pattern == null) return Optional.empty();
        return Optional.of(FORMATS.computeIfAbsent(name, n -> {
            Regex regex = EcmaPattern.regex(pattern);
            Map<Regex, Automaton> forks = new HashMap<>();
            collect(regex, forks);
            return new Format(regex, Map.copyOf(forks), Nondeterministic.whole(regex, name));
        }));
    }

    private static void collect(Regex regex, Map<Regex, Automaton> forks) {
        switch (regex) {
            case Regex.Choice choice -> forks.put(choice, Nondeterministic.whole(choice, "a format"));
            case Regex.Sequence sequence -> sequence.parts().forEach(p -> collect(p, forks));
            case Regex.Repeat repeat -> collect(repeat.body(), forks);
            case Regex.One one -> {}
        }
    }
}
