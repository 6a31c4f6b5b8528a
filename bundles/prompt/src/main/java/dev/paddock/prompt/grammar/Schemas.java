package dev.paddock.prompt.grammar;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the schemas of a document say together. Everything is found once; how much is looked at is bounded. */
final class Schemas {
    private static final int MOST_WORK = 100_000;
    private static final int MOST_OPEN = 8;

    /**
     * What a value may keep to.
     *
     * @param options one of them
     * @param why there is none, if so
     */
    record Alternatives(List<Facts> options, String why) {}

    private final SchemaDocument document;
    private final KeywordReader reader;
    private final Map<Set<Node>, Alternatives> known = new HashMap<>();
    private final Map<Branch, Facts> facts = new IdentityHashMap<>();
    private final Set<Set<Node>> open = new HashSet<>();
    private int work;

    Schemas(SchemaDocument document) {
        this.document = document;
        reader = new KeywordReader(document.complaints());
    }

    /** Counts a step; too many are an error. */
    void work() {
        if (++work > MOST_WORK) {
            throw document.complaints()
                    .tooLarge(document.root(), "takes too long to read: its alternatives and references multiply");
        }
    }

    /** What holds for a value of which all these schemas hold. */
    Alternatives of(Set<Node> schemas) {
        Alternatives found = known.get(schemas);
        if (found != null) return found;
        open.add(schemas);
        Branching branching = new Branching(document, this);
        List<Facts> options = branching.of(schemas).stream().map(this::facts).toList();
        found = new Alternatives(options, branching.why());
        open.remove(schemas);
        known.put(new LinkedHashSet<>(schemas), found);
        return found;
    }

    /** Whether it cannot be told now: it is being found already, or too much else is that waits for it. */
    boolean unsettled(Set<Node> schemas) {
        return open.contains(schemas) || (open.size() > MOST_OPEN && !known.containsKey(schemas));
    }

    /** What a branch says. */
    Facts facts(Branch branch) {
        Facts found = facts.get(branch);
        if (found != null) return found;
        for (int i = branch.nodes().size(); i >= 0; i--) work();
        found = new Facts(branch, document, reader);
        facts.put(branch, found);
        return found;
    }
}
