package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What it takes to render a conversation of 100 messages by each real Jinja template, warm: {@code mvn -pl bundles/prompt -am
 * test -Dtest=RenderingCostTest -Dpaddock.bench=true -Dbench.options=-XX:TieredStopAtLevel=1}, which is the server's compiler.
 * Processor time of the thread, so that what else runs matters less; it still does, so it runs only when asked for.
 */
class RenderingCostTest {
    private static final int WARMING = 30;
    private static final int ROUNDS = 60;
    private static final int SHOWN = 12;
    private static final double MOST = 2;

    /**
     * Milliseconds of one template.
     *
     * @param most of the quickest nine tenths
     */
    private record Cost(String name, int characters, double median, double most) {}

    /** A system's message, 49 questions and answers, a last question: of 40 to 100 words. */
    private static List<Message> conversation() {
        String words = "Some words about a thing that somebody wants to know more of, or less. ";
        List<Message> messages = new ArrayList<>(List.of(new Message(Role.SYSTEM, "Be kind.")));
        for (int i = 1; i < 100; i++) {
            Role role = i % 2 == 1 ? Role.USER : Role.ASSISTANT;
            messages.add(new Message(role, i + ": " + words.repeat(3 + i % 5)));
        }
        return messages;
    }

    @Test
    void aHundredMessagesTakeTwoMilliseconds() {
        assumeTrue(Boolean.getBoolean("paddock.bench"), "runs only with -Dpaddock.bench=true");
        var input = new PromptInput(conversation(), List.of(), Think.UNSET, "<s>", "</s>");
        var templates = RealTemplate.all();
        // All kinds of templates, so that what the compiler assumes is what it would in a server.
        for (int round = 0; round < WARMING; round++) templates.forEach(template -> template.prompt(input));
        List<Cost> costs = new ArrayList<>();
        for (var template : templates) costs.add(cost(template, input));
        costs.sort(Comparator.comparingDouble(Cost::median).reversed());
        System.out.printf("%-70s %10s %8s %8s%n", "template", "characters", "median", "90 %");
        for (var cost : costs.subList(0, SHOWN)) print(cost);
        System.out.printf(
                "of all %d: median %.2f ms%n",
                costs.size(), costs.get(costs.size() / 2).median());
        assertThat(costs).allMatch(cost -> cost.median() <= MOST);
    }

    private static void print(Cost cost) {
        System.out.printf("%-70.70s %10d %8.2f %8.2f%n", cost.name, cost.characters, cost.median, cost.most);
    }

    private static Cost cost(RealTemplate template, PromptInput input) {
        var threads = ManagementFactory.getThreadMXBean();
        int characters = 0;
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long start = threads.getCurrentThreadCpuTime();
            characters = template.prompt(input).length();
            times.add((threads.getCurrentThreadCpuTime() - start) / 1e6);
        }
        times.sort(null);
        return new Cost(template.name(), characters, times.get(ROUNDS / 2), times.get(ROUNDS * 9 / 10));
    }
}
