package dev.paddock.prompt;

import static dev.paddock.prompt.RealTemplate.WEATHER;
import static dev.paddock.prompt.RealTemplate.call;
import static dev.paddock.prompt.RealTemplate.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whether the prompt of a turn begins with the prompt of the turn before, so that what is computed of it is used again, by
 * 92 real templates. Those that write an earlier turn otherwise than they open it are listed ({@code unstable.txt}).
 */
class PrefixStabilityTest {
    private static final Message SYSTEM = new Message(Role.SYSTEM, "Be kind.");
    private static final Message USER = new Message(Role.USER, "Hello there");
    private static final Message ANSWER = new Message(Role.ASSISTANT, "Good day");
    private static final Message NEXT = new Message(Role.USER, "And then?");

    /** Templates whose prompt of the first messages is no beginning of the prompt of all of them. */
    private static Set<String> unstable(List<Tool> tools, int first, Message... messages) {
        Set<String> unstable = new TreeSet<>();
        for (var template : RealTemplate.all()) {
            String before =
                    template.prompt(tools, List.of(messages).subList(0, first).toArray(Message[]::new));
            if (!template.prompt(tools, messages).startsWith(before)) unstable.add(template.name());
        }
        return unstable;
    }

    private static Set<String> listed(String part) {
        String all = ReferenceData.text("jinja/unstable.txt");
        int start = all.indexOf("[" + part + "]\n") + part.length() + 3;
        int end = all.indexOf("\n[", start);
        return new TreeSet<>(all.substring(start, end < 0 ? all.length() : end)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    @Test
    void conversations() {
        assertThat(unstable(List.of(), 2, SYSTEM, USER, ANSWER, NEXT)).isEqualTo(listed("conversation"));
    }

    @Test
    void callsAndResults() {
        assertThat(unstable(List.of(WEATHER), 2, SYSTEM, USER, call("call_1", "", "Paris"), result("call_1", "Sunny")))
                .isEqualTo(listed("call"));
    }

    /** What the system says between turns. */
    @Test
    void systemsThatSpeakLater() {
        assertThat(unstable(List.of(), 4, USER, ANSWER, new Message(Role.SYSTEM, "Hurry."), NEXT, ANSWER, USER))
                .isEqualTo(listed("conversation"));
    }
}
