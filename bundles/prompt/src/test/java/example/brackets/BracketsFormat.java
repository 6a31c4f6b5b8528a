package example.brackets;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** A family whose answers begin with a thought: {@code [[Two and two.]]Four.} */
@Component(service = ChatFormat.class, property = "service.ranking:Integer=50")
public final class BracketsFormat implements ChatFormat {
    private static final String OPEN = "[[";
    private static final String CLOSE = "]]";

    @Override
    public String name() {
        return "brackets";
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains("{{ '[[' + message.thinking + ']]' }}");
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        return Set.of(Capability.THINKING);
    }

    @Override
    public Optional<ThoughtMarks> thoughts(ModelSigns signs) {
        return Optional.of(new ThoughtMarks(OPEN, CLOSE, CLOSE));
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new Parser();
    }

    private static final class Parser implements OutputParser {
        private final StringBuilder held = new StringBuilder();
        private boolean begun;
        private boolean thinking;
        private List<OutputPiece> out = new ArrayList<>();

        @Override
        public List<OutputPiece> accept(String text) {
            held.append(text);
            if (!begun) begin();
            if (thinking) think();
            if (begun && !thinking) give(held.length());
            return taken();
        }

        @Override
        public List<OutputPiece> finish() {
            give(held.length());
            return taken();
        }

        private void begin() {
            boolean open = held.length() < OPEN.length() && OPEN.startsWith(held.toString());
            if (open) return;
            begun = true;
            thinking = held.indexOf(OPEN) == 0;
            if (thinking) held.delete(0, OPEN.length());
        }

        private void think() {
            int close = held.indexOf(CLOSE);
            // The last bracket may be the first half of the mark.
            boolean half = held.toString().endsWith("]");
            give(close >= 0 ? close : held.length() - (half ? 1 : 0));
            if (close < 0) return;
            held.delete(0, CLOSE.length());
            thinking = false;
        }

        private void give(int length) {
            if (length == 0) return;
            String text = held.substring(0, length);
            held.delete(0, length);
            out.add(thinking ? new OutputPiece.Thinking(text) : new OutputPiece.Content(text));
        }

        private List<OutputPiece> taken() {
            var taken = out;
            out = new ArrayList<>();
            return taken;
        }
    }
}
