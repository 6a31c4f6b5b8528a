package dev.paddock.cli.run;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.modelfile.ParameterMap;
import dev.paddock.cli.server.Refused;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.ModelCard;
import dev.paddock.cli.text.ModelTables;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the commands at the prompt do. */
final class ReplCommands {
    /** What {@code /show} takes. */
    static final List<String> PARTS = List.of("info", "license", "modelfile", "parameters", "system", "template");

    /** What {@code /set} takes. */
    static final List<String> SETTINGS = List.of(
            "format",
            "history",
            "noformat",
            "nohistory",
            "nothink",
            "nowordwrap",
            "parameter",
            "quiet",
            "system",
            "think",
            "verbose",
            "wordwrap");

    private final Site site;
    private final Conversation conversation;

    ReplCommands(Site site, Conversation conversation) {
        this.site = site;
        this.conversation = conversation;
    }

    void handle(Order order) {
        switch (order) {
            case Order.Say _, Order.Bye _, Order.Nothing _ -> {}
            case Order.Clear _ -> {
                conversation.clear();
                site.out().println("Cleared session context");
            }
            case Order.Help help -> site.err().print(ReplHelp.about(help.topic()));
            case Order.Show show -> show(show.what());
            case Order.Save save -> save(save.model());
            case Order.Load load -> load(load.model());
            case Order.ListModels list ->
                site.out().print(ModelTables.stored(site.api().get("/api/tags"), list.prefix(), Instant.now()));
            case Order.Set set -> set(set);
            case Order.Unknown unknown ->
                site.out().println("Unknown command '" + unknown.word() + "'. Type /? for help");
        }
    }

    private void load(String model) {
        if (model.isEmpty()) {
            site.out().println("Usage: /load MODEL");
            return;
        }
        String before = conversation.model();
        site.say("Loading model '" + model + "'");
        conversation.model(model);
        try {
            conversation.load();
            conversation.clear();
        } catch (Refused e) {
            conversation.model(before);
            if (e.status() != 404) throw e;
            site.out().println("Couldn't find model '" + model + "'");
        }
    }

    private void save(String model) {
        if (model.isEmpty()) {
            site.out().println("Usage: /save MODEL");
            return;
        }
        try {
            conversation.save(model);
            site.out().println("Created new model '" + model + "'");
        } catch (Refused e) {
            boolean name = e.getMessage().contains("name");
            site.out().println(name ? "error: The model name '" + model + "' is invalid" : "error: " + e.getMessage());
        }
    }

    private void show(String what) {
        if (!PARTS.contains(what)) {
            site.out().println("Usage: /show " + String.join("|", PARTS));
            return;
        }
        if (what.equals("system") && !conversation.system().isEmpty()) {
            site.out().println(conversation.system());
            return;
        }
        Map<String, Object> shown = site.api().call("POST", "/api/show", Map.of("model", conversation.model()));
        String text = what.equals("info") ? new ModelCard(shown, false).toString() : Json.text(shown, what);
        site.out().println(text.isEmpty() ? "No " + what + " was specified for this model." : text);
    }

    private void set(Order.Set set) {
        Manner manner = conversation.manner();
        String said =
                switch (set.name()) {
                    case "system" -> {
                        conversation.system(set.rest());
                        yield "Set system message.";
                    }
                    case "parameter" -> parameter(manner.parameters(), set.arguments());
                    case "think" -> think(manner, set.rest());
                    case "nothink" -> {
                        manner.think(false);
                        yield "Set 'nothink' mode.";
                    }
                    case "format" -> format(manner, set.rest());
                    case "noformat" -> {
                        manner.format("");
                        yield "Disabled format.";
                    }
                    case "history" -> historyKept(manner, true);
                    case "nohistory" -> historyKept(manner, false);
                    case "wordwrap" -> wrapped(manner, true);
                    case "nowordwrap" -> wrapped(manner, false);
                    case "verbose" -> verbose(manner, true);
                    case "quiet" -> verbose(manner, false);
                    default -> "Unknown command '/set " + set.name() + "'. Type /? for help";
                };
        site.out().println(said);
    }

    private static String historyKept(Manner manner, boolean kept) {
        manner.historyKept(kept);
        return "Set '" + (kept ? "history" : "nohistory") + "' mode.";
    }

    private static String wrapped(Manner manner, boolean between) {
        manner.wrapped(between);
        return "Set '" + (between ? "wordwrap" : "nowordwrap") + "' mode.";
    }

    private static String verbose(Manner manner, boolean shown) {
        manner.verbose(shown);
        return "Set '" + (shown ? "verbose" : "quiet") + "' mode.";
    }

    private String think(Manner manner, String level) {
        if (!conversation.capabilities().contains("thinking")) {
            site.say("warning: model \"" + conversation.model() + "\" does not support thinking output");
        }
        if (level.isEmpty()) {
            manner.think(true);
            return "Set 'think' mode.";
        }
        manner.think(ThinkLevel.parse(level));
        return "Set 'think' mode to '" + level + "'.";
    }

    private static String format(Manner manner, String format) {
        if (!format.equals("json")) return "Invalid or missing format. For 'json' mode use '/set format json'";
        manner.format(format);
        return "Set format to 'json' mode.";
    }

    private static String parameter(ParameterMap parameters, List<String> arguments) {
        if (arguments.size() < 2) return "Usage: /set parameter NAME VALUE";
        String name = arguments.getFirst();
        if (name.equals("stop")) arguments.subList(1, arguments.size()).forEach(text -> parameters.set(name, text));
        else parameters.set(name, arguments.get(1));
        return "Set parameter '" + name + "' to '" + String.join("', '", arguments.subList(1, arguments.size())) + "'";
    }
}
