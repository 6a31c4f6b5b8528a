package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Program code behind a mark, up to another mark or the end of the answer: a call of the tool that runs code, with the
 * code as its argument. Without such a tool it is text.
 *
 * @param opening begins it, for example {@code <|python_tag|>}
 * @param closing ends it and stays in the input; empty when only the end of the answer does
 */
record CodeCalls(String opening, String closing) implements CallSyntax {
    /** Names that tools which run Python go by. */
    private static final List<String> RUNNERS = List.of("python", "ipython", "code_interpreter");

    private static final String ARGUMENT = "code";

    @Override
    public List<String> marks() {
        return List.of(opening);
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        var runner = runner(tools);
        if (runner.isPresent()) return new CodeStretch(this, before, runner.get(), from);
        return new Stretch() {
            @Override
            public Stretch read(Input in, Pieces out) {
                return from.afterText(before, out);
            }
        };
    }

    /** The tool on offer that runs code. */
    static Optional<Tool> runner(Tools tools) {
        return RUNNERS.stream().filter(tools::known).map(tools.byName()::get).findFirst();
    }

    /** Name of the argument that takes the code: the first that is a text. */
    static String argument(Tool tool) {
        if (!(Tools.parameters(tool).get("properties") instanceof Map<?, ?> properties)) return ARGUMENT;
        return properties.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Map<?, ?> schema && "string".equals(schema.get("type")))
                .map(entry -> String.valueOf(entry.getKey()))
                .findFirst()
                .orElse(ARGUMENT);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        String code = grammar.textWithout(List.of(closing.isEmpty() ? opening : closing));
        return grammar.rule("code", grammar.literal(opening) + " " + code);
    }
}
