package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many conversations share one KV cache; none hears another. */
@ExtendWith(SharedServer.class)
class CrossTalkTest {
    private static final List<String> NAMES = List.of(
            ("Anna Tom Peter Maria John Lisa Paul Emma Mark Julia David Sarah Max Laura Ben Sophie Leo Mia Sam Eva Jack Lucy Adam"
                            + " Nina Oscar Ida Felix Clara Hugo Alice Simon Ella Noah Greta Jonas Helen Martin Rosa Karl Vera"
                            + " Oliver Zoe Robert Diana Victor Irene Thomas Olga Henry Ruth George Nora Philip Jane Lukas Amy"
                            + " Daniel Kate Andrew Rita Walter Tina Albert Gina")
                    .split(" "));

    private final Server server;

    CrossTalkTest(Server server) {
        this.server = server;
    }

    @Test
    void sixtyFourConversationsKeepTheirSecrets() throws Exception {
        assertThat(NAMES).hasSize(64).doesNotHaveDuplicates();
        List<Callable<String>> chats = new ArrayList<>();
        for (String name : NAMES) chats.add(() -> ask(name));
        List<String> answers = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : clients.invokeAll(chats)) answers.add(answer.get());
        }
        int known = 0;
        for (int i = 0; i < NAMES.size(); i++) {
            for (String other : NAMES) {
                boolean said = Pattern.compile("\\b" + other + "\\b")
                        .matcher(answers.get(i))
                        .find();
                if (other.equals(NAMES.get(i))) known += said ? 1 : 0;
                else
                    assertThat(said)
                            .as("%s was told %s", NAMES.get(i), answers.get(i))
                            .isFalse();
            }
        }
        assertThat(known)
                .as("conversations in which the model knew its own secret")
                .isGreaterThan(32);
    }

    private String ask(String name) throws Exception {
        var messages = List.of(
                Map.of("role", "user", "content", "My name is " + name + "."),
                Map.of("role", "assistant", "content", "Nice to meet you, " + name + "!"),
                Map.of("role", "user", "content", "What is my name?"));
        return server.ask(
                        "/api/chat",
                        Map.of(
                                "model",
                                "starter",
                                "messages",
                                messages,
                                "stream",
                                false,
                                "options",
                                Map.of("temperature", 0, "num_predict", 60)))
                .path("message")
                .path("content")
                .asString();
    }
}
