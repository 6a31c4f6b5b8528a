package dev.paddock.chat;

import java.util.Locale;

/** Reads the request header {@code Accept}: does the client name HTML, as browsers do and probes do not? */
final class HtmlAccept {
    private HtmlAccept() {}

    /**
     * Whether HTML is named and not refused; {@code *}{@code /*} alone does not name it.
     *
     * @param header may be null
     */
    static boolean names(String header) {
        if (header == null) return false;
        for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            String type = parts.length == 0 ? "" : parts[0].strip();
            if ((type.equals("text/html") || type.equals("application/xhtml+xml")) && !refused(parts)) return true;
        }
        return false;
    }

    /** A weight of zero means "not this one". */
    private static boolean refused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q\\s*=\\s*0(\\.0{0,3})?")) return true;
        }
        return false;
    }
}
