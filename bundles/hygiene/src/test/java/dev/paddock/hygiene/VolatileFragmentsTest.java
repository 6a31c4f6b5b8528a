package dev.paddock.hygiene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.inference.ChatInterceptor.Change;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VolatileFragmentsTest {
    private static final String HEADER = "x-anthropic-billing-header: cc_version=2.1.37.0d9; cc_entrypoint=cli; cch=";
    private final VolatileFragments hygiene = Settings.DEFAULT.interceptor();

    private static Message system(String text) {
        return new Message(Role.SYSTEM, text);
    }

    private static Message user(String text) {
        return new Message(Role.USER, text);
    }

    private List<Message> sent(Message... messages) {
        return hygiene.intercept(List.of(messages)).map(Change::messages).orElse(List.of(messages));
    }

    @Test
    void requestsThatDifferInTheirNonceBecomeTheSame() {
        var first = sent(system(HEADER + "fa690;\nYou are X."), user("Hi"));
        var second = sent(system(HEADER + "1c8b4;\nYou are X."), user("Hi"));
        assertThat(first).isEqualTo(second).containsExactly(system("You are X."), user("Hi"));
    }

    @Test
    void aMessageThatIsOnlyTheHeaderGoes() {
        assertThat(sent(system(HEADER + "fa690;"), system("You are X."), user("Hi")))
                .containsExactly(system("You are X."), user("Hi"));
    }

    @Test
    void whatIsMovedStandsAtTheEndOfTheLastMessage() {
        var messages = new ArrayList<>(List.of(
                system("You are X.\nCurrent time: 12:34:56\n"),
                user("Read a."),
                new Message(Role.ASSISTANT, "I will."),
                new Message(Role.TOOL, "text of a", "", List.of(), "read", "call_1")));
        var change = hygiene.intercept(messages).orElseThrow();
        assertThat(change.messages().getFirst()).isEqualTo(system("You are X.\n"));
        assertThat(change.messages().subList(1, 3)).isEqualTo(messages.subList(1, 3));
        assertThat(change.messages().getLast())
                .isEqualTo(
                        new Message(Role.TOOL, "text of a\n\nCurrent time: 12:34:56", "", List.of(), "read", "call_1"));
        assertThat(change.what())
                .isEqualTo("moved to the end of the last message: time;"
                        + " so that the beginning of the prompt is the same each time");
    }

    @Test
    void anAnswerThatIsToBeGoneOnWithIsNotTouched() {
        var begun = new Message(Role.ASSISTANT, "It is");
        assertThat(sent(system("Current time: 12:34:56\nX"), user("When?"), begun))
                .containsExactly(system("X"), user("When?\n\nCurrent time: 12:34:56"), begun);
    }

    @Test
    void onlyTheBeginningOfAConversationIsLookedAt() {
        var quoting = List.of(user(HEADER + "1;"), system("Current time: 12:34:56"), user("Current time: 12:34:56"));
        assertThat(hygiene.intercept(quoting)).isEmpty();
        assertThat(hygiene.intercept(List.of(system(HEADER + "1;"))))
                .as("nothing would be left")
                .isEmpty();
    }

    @Test
    void severalKindsAreToldTogether() {
        var change = hygiene.intercept(List.of(
                        system(HEADER + "1;"),
                        system("X\n<total_tokens>7 tokens left</total_tokens>\nCurrent time: 12:34:56"),
                        user("Hi")))
                .orElseThrow();
        assertThat(change.what())
                .startsWith("left out: billing header; moved to the end of the last message: time, token budget;");
        assertThat(change.messages().getLast().content())
                .isEqualTo("Hi\n\n<total_tokens>7 tokens left</total_tokens>\nCurrent time: 12:34:56");
    }

    @Test
    void settingsCountFromTheNextRequestOn() {
        var messages = List.of(system(HEADER + "1;\nX"), user("Hi"));
        hygiene.modified(Settings.DEFAULT.off());
        assertThat(hygiene.intercept(messages)).isEmpty();
        hygiene.modified(Settings.DEFAULT.time("sometimes"));
        assertThat(hygiene.intercept(messages))
                .as("a wrong setting changes nothing")
                .isEmpty();
        hygiene.modified(Settings.DEFAULT);
        assertThat(hygiene.intercept(messages)).isPresent();
    }

    @Test
    void wrongSettingsAreRefusedByName() {
        for (var wrong : Map.of(
                        Settings.DEFAULT.time("later"),
                                "time is \"later\"; it must be one of off, remove, move, normalise",
                        Settings.DEFAULT.session("normalise"),
                                "session is \"normalise\"; it must be one of off, remove, move",
                        Settings.DEFAULT.lines("move *"), "\"move *\" in lines must be an action and a pattern",
                        Settings.DEFAULT.lines("hide a: *"), "an entry of lines is \"hide\"",
                        Settings.DEFAULT.lines("move " + "a".repeat(201)), "at most 200 characters",
                        Settings.DEFAULT.lines(new String[51]), "lines has 51 entries")
                .entrySet()) {
            assertThatThrownBy(() -> Rules.of(wrong.getKey()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("dev.paddock.hygiene: ")
                    .hasMessageContaining(wrong.getValue());
        }
    }

    /** Texts made to be slow: long lines, near misses, stars that could match anywhere. */
    @Test
    @Timeout(10)
    void hostileTextsAreGoneThroughInBoundedTime() {
        var worst = Settings.DEFAULT
                .session("move")
                .lines("move " + "a*".repeat(50) + "b", "move *a*a*a*a*a*a*a*b")
                .interceptor();
        for (String piece : List.of(
                "a", "a".repeat(999) + "\n", HEADER, "<total_tokens>", "Current time: 1:1", "\n", "current time ")) {
            String text = piece.repeat(1_000_000 / piece.length());
            boolean changed = worst.intercept(List.of(system(text), user("Hi"))).isPresent();
            assertThat(changed).isEqualTo(piece.equals(HEADER));
        }
    }

    @Test
    void randomMixturesNeverLoseOtherText() {
        var random = new Random(6);
        List<String> parts = List.of(
                HEADER + "1;",
                "x-anthropic-billing-header:",
                "<total_tokens>5 tokens left</total_tokens>",
                "\n",
                " ",
                "Current time: 12:34:56",
                "Current time:",
                "12:34",
                "word",
                "<total_tokens>",
                "Session ID: 12345678-abcd");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) text.append(parts.get(random.nextInt(parts.size())));
            String all = text.toString();
            var sent = sent(system(all), user("Hi"));
            long words = sent.stream()
                    .mapToLong(message -> message.content().split("word", -1).length - 1)
                    .sum();
            assertThat(words).as(all).isEqualTo(all.split("word", -1).length - 1);
        }
    }
}
