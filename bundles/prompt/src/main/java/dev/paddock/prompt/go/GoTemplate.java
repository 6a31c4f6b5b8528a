package dev.paddock.prompt.go;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A parsed template. Immutable; safe for many threads. */
public final class GoTemplate {
    private final String source;
    private final Tree tree;
    private final Map<String, Function> functions;

    private GoTemplate(String source, Tree tree, Map<String, Function> functions) {
        this.source = source;
        this.tree = tree;
        this.functions = functions;
    }

    /**
     * Parses a template with Go's functions and Ollama's.
     *
     * @throws GoTemplateException.Syntax with line and column, when the text is wrong, too long or nested too deeply
     */
    public static GoTemplate parse(String source) {
        return parse(source, Builtins.ALL);
    }

    static GoTemplate parse(String source, Map<String, Function> functions) {
        try {
            return new GoTemplate(source, TreeParser.parse(source, functions.keySet()), functions);
        } catch (StackOverflowError e) {
            throw new GoTemplateException.Syntax(new Place(1, 1), "the template is nested too deeply");
        }
    }

    /**
     * Renders it. Missing entries of maps are nil.
     *
     * @param data plain Java values (null, Boolean, Number, String, List, Map) and the types of this package
     * @param today what {@code currentDate} gives
     * @throws GoTemplateException when it fails or does too much; the message begins with line and column
     */
    public String render(Object data, LocalDate today) {
        var run = new Run(today);
        StringBuilder out = new StringBuilder();
        try {
            new Executor(tree, functions, run, data, out).all(tree.root(), data);
            return out.toString();
        } catch (StackOverflowError e) {
            throw failed(run, "maximum recursion depth exceeded");
        } catch (GoTemplateException e) {
            throw failed(run, e.getMessage());
        }
    }

    private GoTemplateException failed(Run run, String message) {
        return GoTemplateException.at(Place.of(source, run.at()), message);
    }

    /**
     * Refuses what Ollama refuses beyond Go's rules: a template that is called without a value.
     *
     * @throws GoTemplateException.Syntax with line and column
     */
    public void requireValues() {
        tree.bareCall().ifPresent(call -> {
            throw new GoTemplateException.Syntax(
                    Place.of(source, call.at()),
                    "template \"" + call.name() + "\" is called without a value: undefined template specified");
        });
    }

    /** Names of all fields it looks at, wherever they stand, in lower case. */
    public Set<String> names() {
        return fields().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of all fields it looks at, wherever they stand, as it writes them. */
    public Set<String> fields() {
        return Names.of(tree);
    }

    /** What the template writes before tool calls in an assistant's turn; {@code "{"} when that is nothing. */
    public String toolTag() {
        return ToolTag.of(tree);
    }

    /** What stands around a thought in an assistant's turn; empty when it writes none. */
    public Optional<ThinkTags> thinkTags() {
        return ThinkTags.of(tree);
    }

    /** The same up to and with the first value that has a field of this name; all of it when there is none. */
    public GoTemplate cutBehind(String field) {
        return new GoTemplate(source, new Tree(Cut.behind(field, tree.root()), tree.templates()), functions);
    }

    /** The same with one more field printed at its end. */
    public GoTemplate followedBy(String field) {
        int end = source.length();
        var value = new Pipe.Command(new Operand.Field(List.of(field), end), List.of());
        List<Node> root = new ArrayList<>(tree.root());
        root.add(new Node.Action(new Pipe(List.of(), false, List.of(value), end), end));
        return new GoTemplate(source, new Tree(List.copyOf(root), tree.templates()), functions);
    }
}
