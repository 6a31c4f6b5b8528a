package dev.paddock.cli.backend;

import dev.paddock.cli.server.Failure;
import java.util.regex.Pattern;

/**
 * A backend as a user names it, {@code vulkan} or {@code vulkan@0.1.0}.
 *
 * @param version empty when none was named
 */
record BackendName(String id, String version) {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]{0,39})(?:@([0-9A-Za-z._-]{1,60}))?");

    /** @throws Failure for what is no name of a backend */
    static BackendName of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new Failure(
                    Failure.USAGE, text + " is no backend; it is named as paddock backend list does, or NAME@VERSION");
        }
        return new BackendName(parts.group(1), parts.group(2) == null ? "" : parts.group(2));
    }

    String path() {
        return "/api/backends/" + id + (version.isEmpty() ? "" : "@" + version);
    }

    @Override
    public String toString() {
        return version.isEmpty() ? id : id + "@" + version;
    }
}
