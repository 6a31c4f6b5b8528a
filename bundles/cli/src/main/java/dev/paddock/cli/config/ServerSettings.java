package dev.paddock.cli.config;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The settings of a server, found by the names that people give them. */
final class ServerSettings {
    static final String ROOT = "/api/config";
    private static final String OURS = "dev.paddock.";

    private final Api api;

    ServerSettings(Site site) {
        this.api = site.ownersApi();
    }

    List<Map<String, Object>> all() {
        return Json.maps(api.get(ROOT), "settings");
    }

    /**
     * The one that is meant: its key, or a part of the server, a slash and its key.
     *
     * @throws Failure with exit code 2 when there is none, or more than one
     */
    Map<String, Object> find(String name) {
        var all = all();
        var found = all.stream().filter(setting -> isMeant(setting, name)).toList();
        if (found.size() == 1) return found.getFirst();
        if (found.isEmpty()) {
            var near = all.stream()
                    .map(ServerSettings::name)
                    .filter(one -> one.contains(name.substring(name.indexOf('/') + 1)))
                    .toList();
            String advice = near.isEmpty() ? "`paddock config list` shows all" : "there is " + String.join(", ", near);
            throw new Failure(Failure.USAGE, "no setting is called \"" + name + "\"; " + advice);
        }
        throw new Failure(
                Failure.USAGE,
                "several settings are called \"" + name + "\": "
                        + String.join(
                                ", ", found.stream().map(ServerSettings::name).toList()));
    }

    private static boolean isMeant(Map<String, Object> setting, String name) {
        int slash = name.indexOf('/');
        String key = Json.text(setting, "key");
        if (slash < 0) return key.equals(name);
        String part = name.substring(0, slash);
        String pid = Json.text(setting, "pid");
        return key.equals(name.substring(slash + 1)) && (pid.equals(part) || pid.equals(OURS + part));
    }

    /** What a setting is called here, whatever other settings there are. */
    static String name(Map<String, Object> setting) {
        return part(Json.text(setting, "pid")) + "/" + Json.text(setting, "key");
    }

    static String part(String pid) {
        return pid.startsWith(OURS) ? pid.substring(OURS.length()) : pid;
    }

    /** A value as one would type it. */
    static String shown(Object value) {
        if (value instanceof List<?> list)
            return String.join(",", list.stream().map(String::valueOf).toList());
        return value == null ? "" : value.toString();
    }

    /** Where a value is from, short. */
    static String origin(Map<String, Object> setting) {
        String source = Json.text(setting, "source");
        return source.contains("/") ? "file" : source;
    }

    Map<String, Object> set(Map<String, Object> setting, String value) {
        return api.call("PUT", path(setting), Map.of("value", value));
    }

    Map<String, Object> unset(Map<String, Object> setting) {
        return api.call("DELETE", path(setting), Map.of());
    }

    Map<String, Object> history() {
        return api.get(ROOT + "/history");
    }

    Map<String, Object> revert(String id) {
        return api.call("POST", ROOT + "/revert", Map.of("id", id));
    }

    private static String path(Map<String, Object> setting) {
        return ROOT + "/" + encoded(Json.text(setting, "pid")) + "/" + encoded(Json.text(setting, "key"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Says what a change came to: the value on standard output, what hinders it beside. */
    static void tell(Site site, boolean json, Map<String, Object> changed) {
        if (json) {
            site.json(changed);
            return;
        }
        boolean pending = changed.containsKey("pending");
        String value = shown(changed.get(pending ? "pending" : "value"));
        String what = name(changed) + " is " + (value.isEmpty() ? "empty" : value);
        switch (Json.text(changed, "effect")) {
            case "none" -> site.out().println(what + ", as before");
            case "now" -> site.out().println(what);
            default -> {
                site.out().println(what + (pending ? " from the next start" : ""));
                site.say("Note: " + Json.text(changed, "note"));
            }
        }
    }
}
