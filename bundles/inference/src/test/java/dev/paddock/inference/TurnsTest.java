package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    /** s, u, a, t: the role of each message. */
    private static List<Message> conversation(String roles) {
        return IntStream.range(0, roles.length())
                .mapToObj(i -> new Message(
                        switch (roles.charAt(i)) {
                            case 's' -> Role.SYSTEM;
                            case 'u' -> Role.USER;
                            case 'a' -> Role.ASSISTANT;
                            default -> Role.TOOL;
                        },
                        Integer.toString(i)))
                .toList();
    }

    private static List<String> left(String roles, int groups) {
        return Turns.without(conversation(roles), groups).stream()
                .map(Message::content)
                .toList();
    }

    @Test
    void aQuestionGoesWithItsAnswer() {
        assertThat(Turns.droppable(conversation("suauau"))).containsExactly(List.of(1, 2), List.of(3, 4));
        assertThat(left("suauau", 1)).containsExactly("0", "3", "4", "5");
    }

    @Test
    void theSystemMessagesAndTheLastQuestionStay() {
        assertThat(left("suasau", 1)).containsExactly("0", "3", "5");
        assertThat(Turns.droppable(conversation("su"))).isEmpty();
        assertThat(Turns.droppable(conversation(""))).isEmpty();
    }

    @Test
    void resultsGoWithTheirCallsAndTheLatestOnesStay() {
        assertThat(Turns.droppable(conversation("uattatat"))).containsExactly(List.of(1, 2, 3), List.of(4, 5));
        assertThat(left("uattatat", 2)).containsExactly("0", "6", "7");
    }

    @Test
    void whatComesBeforeTheFirstQuestionIsAGroupOfItsOwn() {
        assertThat(Turns.droppable(conversation("aauau"))).containsExactly(List.of(0, 1), List.of(2, 3));
    }

    @Test
    void aConversationWithoutAQuestionKeepsItsLastGroup() {
        assertThat(Turns.droppable(conversation("saaa"))).containsExactly(List.of(1), List.of(2));
    }
}
