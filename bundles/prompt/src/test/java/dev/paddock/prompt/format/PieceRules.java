package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.prompt.json.JsonReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of {@link OutputPiece}: what a parser gives out must keep to them. */
final class PieceRules {
    private final Set<String> ids = new HashSet<>();
    private final StringBuilder json = new StringBuilder();
    private OutputPiece.CallBegun open;
    private int next;

    /** Fails unless all pieces of one answer keep to the rules. */
    static void check(List<OutputPiece> pieces) {
        var rules = new PieceRules();
        pieces.forEach(rules::check);
        assertThat(rules.open).isNull();
    }

    private void check(OutputPiece piece) {
        switch (piece) {
            case OutputPiece.Content content -> text(content.text());
            case OutputPiece.Thinking thought -> text(thought.text());
            case OutputPiece.CallBegun begun -> begun(begun);
            case OutputPiece.CallArguments more -> {
                assertThat(open).isNotNull();
                assertThat(more.index()).isEqualTo(open.index());
                assertThat(more.json()).isNotEmpty();
                json.append(more.json());
            }
            case OutputPiece.Call call -> called(call);
            case OutputPiece.CallBroken broken -> {
                assertThat(broken.index()).isEqualTo(open.index());
                open = null;
            }
        }
    }

    private void text(String text) {
        assertThat(text).isNotEmpty();
        assertThat(open).isNull();
    }

    private void begun(OutputPiece.CallBegun begun) {
        assertThat(open).isNull();
        assertThat(begun.index()).isEqualTo(next++);
        assertThat(ids.add(begun.id())).isTrue();
        open = begun;
        json.setLength(0);
    }

    private void called(OutputPiece.Call call) {
        assertThat(call.index()).isEqualTo(open.index());
        assertThat(call.call().id()).isEqualTo(open.id());
        assertThat(call.call().name()).isEqualTo(open.name());
        assertThat(JsonReader.object(json.toString())).contains(call.call().arguments());
        open = null;
    }
}
