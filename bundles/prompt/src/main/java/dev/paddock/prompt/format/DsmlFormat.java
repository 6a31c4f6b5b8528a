package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.util.LinkedHashSet;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * DeepSeek V3.2 and later: {@code <｜DSML｜function_calls>\n<｜DSML｜invoke name="NAME">\n<｜DSML｜parameter name="KEY"
 * string="true|false">VALUE</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>}, from V4 on {@code tool_calls}
 * in place of {@code function_calls}; several calls in one block, thoughts between {@code <think>}, which the prompt
 * opens, and {@code </think>}.
 */
@Component(service = ChatFormat.class, property = "service.ranking:Integer=10")
public final class DsmlFormat extends MarkedFormat {
    /** One token of the vocabulary. */
    private static final String SIGN = "｜DSML｜";

    private static final String FUNCTION_CALLS = SIGN + "function_calls";
    private static final TaggedCalls THIRD = calls(FUNCTION_CALLS);
    private static final TaggedCalls FOURTH = calls(SIGN + "tool_calls");
    private static final Layout OLDER =
            Layout.of(THIRD, FOURTH, THIRD.withoutRow()).thinking(Layout.THINK);
    private static final Layout NEWER =
            Layout.of(FOURTH, THIRD, FOURTH.withoutRow()).thinking(Layout.THINK);

    /** A format without state. */
    public DsmlFormat() {
        super("dsml", OLDER);
    }

    private static TaggedCalls calls(String row) {
        return TaggedCalls.rows(
                        "<" + row + ">",
                        "</" + row + ">",
                        NamedTag.attributed(SIGN + "invoke"),
                        NamedTag.attributed(SIGN + "parameter"),
                        TaggedCalls.Lines.TAGS)
                .sayingTypes();
    }

    @Override
    Layout layout(ModelSigns signs) {
        return signs.template().text().contains("function_calls") ? OLDER : NEWER;
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(SIGN);
    }

    @Override
    public Set<String> markers() {
        Set<String> all = new LinkedHashSet<>(super.markers());
        all.add(SIGN);
        return all;
    }
}
