package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * Seed-OSS: {@code <seed:tool_call>\n<function=NAME>\n<parameter=KEY>VALUE</parameter>\n</function>\n</seed:tool_call>},
 * thoughts between {@code <seed:think>} and {@code </seed:think>}. Values are written as Python writes them.
 */
@Component(service = ChatFormat.class)
public final class SeedFormat extends MarkedFormat {
    private static final String ROW = "<seed:tool_call>";
    private static final String BUDGET = "thinking_budget";
    /** Of the steps that the models were trained with; more effort than that is no limit. */
    private static final Map<Think, Long> BUDGETS = Map.of(Think.OFF, 0L, Think.LOW, 512L, Think.MEDIUM, 4096L);

    private static final TaggedCalls CALLS = TaggedCalls.rows(
            ROW,
            "</seed:tool_call>",
            NamedTag.valued("function"),
            NamedTag.valued("parameter"),
            TaggedCalls.Lines.TAGS);

    /** A format without state. */
    public SeedFormat() {
        super(
                "seed-oss",
                Layout.of(CALLS, CALLS.withoutRow()).thinking(new ThoughtMarks("<seed:think>", "</seed:think>")));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(ROW);
    }

    /** The template's switch is a number of tokens, 0 for none. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return signs.template().text().contains(BUDGET);
    }

    /** Says how hard to think in the template's own way; what the request gave itself counts first. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        Long budget = BUDGETS.get(input.think());
        return budget == null ? input : with(BUDGET, budget, input);
    }
}
