package dev.paddock.dialect.openai.files;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part of a form says about itself.
 *
 * @param name the field's
 * @param fileName when it is a file
 */
record PartHeader(String name, Optional<String> fileName) {
    private static final int MOST_BOUNDARY = 70;
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([A-Za-z0-9_*-]++)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]++))\\s*+");

    /** Reads {@code Content-Disposition: form-data; name="..."; filename="..."}. */
    static PartHeader parse(String line) {
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        int end = value.indexOf(';');
        boolean form = end > 0 && value.substring(0, end).strip().equalsIgnoreCase("form-data");
        if (!form) throw invalid("a part of the form has no \"Content-Disposition: form-data\"");
        var parameters = parameters(value.substring(end));
        if (!parameters.containsKey("name")) throw invalid("a part of the form has no name");
        return new PartHeader(parameters.get("name"), Optional.ofNullable(parameters.get("filename")));
    }

    /**
     * The boundary of a {@code Content-Type: multipart/form-data; boundary=...}.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for another one
     */
    static String boundary(Optional<String> contentType) {
        String value = contentType.orElse("");
        int end = value.indexOf(';');
        boolean form = end > 0 && value.substring(0, end).strip().equalsIgnoreCase("multipart/form-data");
        String boundary = form ? parameters(value.substring(end)).getOrDefault("boundary", "") : "";
        if (boundary.isEmpty() || boundary.length() > MOST_BOUNDARY) {
            throw invalid("the body must be multipart/form-data with a boundary of 1 to " + MOST_BOUNDARY + " bytes");
        }
        return boundary;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
            at = matcher.end();
        }
        return parameters;
    }

    static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
