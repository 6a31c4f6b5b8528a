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
    private static final int MOST_OPEN = 8;

    /**
     * What a value may keep to.
     *
     * @param options one of them
     * @param why there is none, if so
     */
    record Alternatives(List<Facts> options, String why) {}

    private final SchemaDocument document;
    private final Work work;
    private final KeywordReader reader;
    private final Map<Set<Node>, Alternatives> known = new HashMap<>();
    private final Map<Branch, Facts> facts = new IdentityHashMap<>();
    private final Set<Set<Node>> open = new HashSet<>();

    Schemas(SchemaDocument document) {
        this.document = document;
        work = new Work(document);
        reader = new KeywordReader(document.complaints(), work);
    }

    /** What is spent on reading. */
    Work work() {
        return work;
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
        work.spend(10L * branch.nodes().size());
        found = new Facts(branch, document, reader);
        facts.put(branch, found);
        return found;
    }
}
