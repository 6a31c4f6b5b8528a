package dev.paddock.api.prompt;

import dev.paddock.api.model.Capability;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a family of models writes its answers: where thoughts and tool calls stand in the text. One service each; the one
 * with the highest service ranking that {@link #accepts} a model is used, so a bundle can bring a new format. Immutable.
 */
@ConsumerType
public interface ChatFormat {
    /** A short name for logs and explanations, for example {@code hermes}. */
    String name();

    /** Whether models that show these signs write answers this way. */
    boolean accepts(ModelSigns signs);

    /** What the signs show that the model can do beyond completion: tools, thinking. */
    Set<Capability> capabilities(ModelSigns signs);

    /** A parser for one answer. */
    OutputParser parser(AnswerStart start);

    /** Control tokens that must show in the text of an answer for the parser to see them; others print nothing. */
    default Set<String> markers() {
        return Set.of();
    }

    /** How the model writes thoughts; empty when it has none. */
    default Optional<ThoughtMarks> thoughts(ModelSigns signs) {
        return Optional.empty();
    }

    /** The input as this family's templates want it: tools written into the messages where a template has no place. */
    default PromptInput prepare(ModelSigns signs, PromptInput input) {
        return input;
    }

    /**
     * The rule of an answer whose content follows a rule, whatever stands around the content: thoughts come first, and
     * are free.
     *
     * @param content name of a rule of that grammar
     * @return name of the rule for the whole answer
     */
    default String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        return content;
    }

    /**
     * The rule of an answer that calls tools on offer with arguments that their schemas allow, thoughts first.
     *
     * @param choice whether there must be a call, of which tools, and whether there may be several
     * @return name of the rule for the whole answer; empty when calls of this family cannot be written as a grammar
     */
    default Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        return Optional.empty();
    }
}
