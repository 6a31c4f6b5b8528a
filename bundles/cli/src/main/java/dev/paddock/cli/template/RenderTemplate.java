package dev.paddock.cli.template;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.run.AnswerPrinter;
import dev.paddock.cli.run.ThinkLevel;
import dev.paddock.cli.server.NoServer;
import dev.paddock.cli.server.ServerStart;
import dev.paddock.cli.server.Site;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the prompt that a model would get. */
@Command(
        name = "render",
        description = "Show the prompt that a model gets for these messages. Starts a server when none answers.")
final class RenderTemplate implements Callable<Integer> {
    private static final String PATH = "/api/templates/render";

    private final Site site;

    @Parameters(paramLabel = "MODEL", description = "The model.")
    private String model;

    @Option(
            names = "--messages",
            required = true,
            paramLabel = "FILE",
            description = "JSON: a list of messages in OpenAI's or Ollama's form, or an object with messages and tools;"
                    + " - is standard input.")
    private String messages;

    @Option(names = "--tools", paramLabel = "FILE", description = "JSON: a list of tools.")
    private String tools;

    @Option(names = "--think", paramLabel = "LEVEL", description = "Ask for thoughts: on, off, low, medium, high, max.")
    private String think;

    @Option(names = "--json", description = "As the server says it: the prompt, where its template is from and why.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say on standard error where the template is from and why.")
    private boolean verbose;

    RenderTemplate(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Map<String, Object> order = order();
        Map<String, Object> answer;
        try {
            answer = site.api().call("POST", PATH, order);
        } catch (NoServer e) {
            new ServerStart(site).start(e);
            answer = site.api().call("POST", PATH, order);
        }
        if (json) site.out().println(new String(Json.bytes(answer), StandardCharsets.UTF_8));
        else print(answer);
        return 0;
    }

    private Map<String, Object> order() {
        Dialogue dialogue = Dialogue.read(new InputFile(messages), site);
        if (tools != null) dialogue = dialogue.withTools(new InputFile(tools), site);
        if (!dialogue.unread().isEmpty()) {
            site.say("Warning: only messages and tools are looked at, not " + String.join(", ", dialogue.unread()));
        }
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("model", model);
        order.put("messages", dialogue.messages());
        if (!dialogue.tools().isEmpty()) order.put("tools", dialogue.tools());
        if (think != null) order.put("think", level(think));
        return order;
    }

    private static Object level(String word) {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> ThinkLevel.parse(word);
        };
    }

    /** Exactly the prompt, but for terminals: they get it without what steers them, and a line of its own after it. */
    private void print(Map<String, Object> answer) {
        String prompt = Json.text(answer, "prompt");
        if (site.terminal().out()) site.out().println(AnswerPrinter.harmless(prompt));
        else site.out().print(prompt);
        if (!verbose) return;
        site.out().flush();
        site.say("template: " + Json.text(answer, "language") + ", from " + Json.text(answer, "origin") + ": "
                + AnswerPrinter.harmless(Json.text(answer, "why")));
        site.say("format of answers: " + AnswerPrinter.harmless(Json.text(answer, "format")));
    }
}
