package dev.paddock.prompt.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedSystemTest {
    private static Message system(String text) {
        return new Message(Role.SYSTEM, text);
    }

    private static Message user(String text) {
        return new Message(Role.USER, text);
    }

    private static final Message ANSWER = new Message(Role.ASSISTANT, "Hello");

    @Test
    void nothingChangesWhereTheSystemMaySpeakAnywhere() {
        var messages = List.of(system("a"), user("b"), system("c"));
        assertThat(FoldedSystem.of(messages, SystemPlace.ANYWHERE)).isSameAs(messages);
    }

    @Test
    void itsWordsStandBeforeTheNextOfTheUser() {
        assertThat(FoldedSystem.of(List.of(system("a"), system("b"), user("c"), ANSWER), SystemPlace.NOWHERE))
                .containsExactly(user("a\n\nb\n\nc"), ANSWER);
    }

    @Test
    void theFirstStaysWhereThatIsAllowed() {
        assertThat(FoldedSystem.of(
                        List.of(system("a"), system("b"), user("c"), ANSWER, system("d"), user("e")),
                        SystemPlace.FIRST))
                .containsExactly(system("a"), user("b\n\nc"), ANSWER, user("d\n\ne"));
    }

    @Test
    void lastWordsStandBehindTheUsersOrAlone() {
        assertThat(FoldedSystem.of(List.of(user("a"), system("b")), SystemPlace.NOWHERE))
                .containsExactly(user("a\n\nb"));
        assertThat(FoldedSystem.of(List.of(user("a"), ANSWER, system("b")), SystemPlace.NOWHERE))
                .containsExactly(user("a"), ANSWER, user("b"));
        assertThat(FoldedSystem.of(List.of(system("b"), ANSWER), SystemPlace.NOWHERE))
                .containsExactly(user("b"), ANSWER);
        assertThat(FoldedSystem.of(List.of(system("b")), SystemPlace.NOWHERE)).containsExactly(user("b"));
    }

    /** So that a computed prompt can be gone on from. */
    @Test
    void whatWasSaidIsPutTheSameWhateverFollows() {
        var messages = List.of(system("a"), user("b"), ANSWER, system("c"), user("d"));
        var more = new ArrayList<>(messages);
        more.addAll(List.of(ANSWER, system("e"), user("f")));
        var folded = FoldedSystem.of(messages, SystemPlace.NOWHERE);
        assertThat(FoldedSystem.of(more, SystemPlace.NOWHERE).subList(0, folded.size()))
                .isEqualTo(folded);
    }
}
