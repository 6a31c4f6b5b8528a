package dev.paddock.itest.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import dev.paddock.itest.e2e.Server;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** A client from npm: a script in {@code bundles/itest/clients} runs the cases, one process each. */
abstract class NpmContract extends ClientContract {
    private static final int PATIENCE_SECONDS = 60;

    private final Server server;
    private final String script;
    private final List<Process> started = new ArrayList<>();

    /** @param script the name of a file that runs the cases */
    NpmContract(Server server, String script) {
        super(server);
        this.server = server;
        this.script = script;
    }

    /** What the client threw. */
    private static final class ClientError extends IOException {
        private static final long serialVersionUID = 1;

        ClientError(JsonNode error) {
            super("%s, status %s: %s"
                    .formatted(
                            error.path("name").asString(),
                            error.path("status"),
                            error.path("message").asString()));
        }
    }

    /** Does what a line asks for; gives the line that answers it. */
    private interface Partner {
        Object answer(JsonNode line);
    }

    @AfterEach
    final void endProcesses() throws Exception {
        for (Process process : started) {
            process.outputWriter().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        }
    }

    /** Runs a case to its end; it stays as it is, with what it left open, until the test is over. */
    private JsonNode run(String name, Map<String, ?> input, Partner partner) throws IOException {
        Path clients = Layout.root().resolve("bundles/itest/clients");
        assumeTrue(
                Files.isDirectory(clients.resolve("node_modules")),
                "the npm clients are not installed; ./test installs them (npm ci in bundles/itest/clients)");
        String file = clients.resolve(script).toString();
        Process process = new ProcessBuilder(
                        "node", file, server.address(), name, Server.JSON.writeValueAsString(input))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        return new Conversation(process.inputReader(), process.outputWriter()).toItsEnd(partner);
    }

    private record Conversation(BufferedReader said, BufferedWriter told) {
        JsonNode toItsEnd(Partner partner) throws IOException {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                JsonNode read = Server.JSON.readTree(line);
                if (read.has("error")) throw new ClientError(read.path("error"));
                if (read.has("done")) return read.path("done");
                told.write(Server.JSON.writeValueAsString(partner.answer(read)) + '\n');
                told.flush();
            }
            throw new IOException("the script ended without a last line");
        }
    }

    private JsonNode run(String name, Map<String, ?> input) throws IOException {
        return run(name, input, line -> {
            throw new IllegalStateException("nobody asked for " + line);
        });
    }

    @Override
    protected String chat(String model, List<Turn> turns) throws Exception {
        return run("chat", Map.of("model", model, "turns", turns)).asString();
    }

    @Override
    protected void stream(String model, List<Turn> turns, Predicate<String> goOn) throws Exception {
        run(
                "stream",
                Map.of("model", model, "turns", turns),
                line -> goOn.test(line.path("piece").asString()));
    }

    @Override
    protected String callTool(String question, Adder adder) throws Exception {
        return run("tool", Map.of("question", question), line -> {
                    JsonNode call = line.path("call");
                    return adder.add(call.path("a").asInt(), call.path("b").asInt());
                })
                .asString();
    }

    @Override
    protected Person person(String question) throws Exception {
        return Server.JSON.treeToValue(run("person", Map.of("question", question)), Person.class);
    }

    @Override
    protected Thought think(String question, boolean wanted) throws Exception {
        return Server.JSON.treeToValue(run("think", Map.of("question", question, "wanted", wanted)), Thought.class);
    }

    @Override
    protected List<float[]> embed(List<String> texts) throws Exception {
        return List.of(Server.JSON.treeToValue(run("embed", Map.of("texts", texts)), float[][].class));
    }

    @Override
    protected Class<? extends Throwable> unknownModel() {
        return ClientError.class;
    }
}
