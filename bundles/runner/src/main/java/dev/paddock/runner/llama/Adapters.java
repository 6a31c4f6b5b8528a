package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The LoRA adapters of a model and the set its context computes with. A set holds for all sequences of a batch, so only
 * sequences of the same set may share one. Used by the thread that decodes; freed before the context and the model.
 */
public final class Adapters implements AutoCloseable {
    /** Most adapters kept loaded; the least recently used that is not in use goes. */
    public static final int KEPT = 32;

    private final Model model;
    private final Context context;
    private final NativeLog log;
    private final Map<Path, MemorySegment> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private List<Adapter> inUse = List.of();

    /** Nothing is loaded or linked before the first use of an adapter. */
    public Adapters(Model model, Context context, NativeLog log) {
        this.model = model;
        this.context = context;
        this.log = log;
    }

    /**
     * What the next batch is computed with; nothing happens when that is what it was.
     *
     * @param set empty = the plain model
     * @throws LlamaException INVALID_REQUEST when an adapter is unknown, damaged or made for another model; then the
     *     set is as before
     */
    public void use(List<Adapter> set) {
        if (set.equals(inUse)) return;
        check(set);
        try {
            apply(set);
        } finally {
            freeSurplus();
        }
    }

    private void apply(List<Adapter> set) {
        int count = set.size();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(ADDRESS, Math.max(count, 1));
            MemorySegment scales = arena.allocate(JAVA_FLOAT, Math.max(count, 1));
            for (int i = 0; i < count; i++) {
                pointers.setAtIndex(ADDRESS, i, loaded(set.get(i).file()));
                scales.setAtIndex(JAVA_FLOAT, i, set.get(i).scale());
            }
            if (LlamaAdapters.set(context.pointer(), pointers, count, scales) != 0) {
                throw new LlamaException(Fault.INTERNAL, "llama.cpp did not take the adapters " + set);
            }
        }
        inUse = List.copyOf(set);
    }

    /** How many are loaded. */
    int count() {
        return loaded.size();
    }

    private static void check(List<Adapter> set) {
        if (set.size() > GenerationOrder.MOST_ADAPTERS) {
            throw refused(set.size() + " adapters at once, allowed are " + GenerationOrder.MOST_ADAPTERS);
        }
        Set<Path> files = new HashSet<>();
        for (Adapter adapter : set) {
            if (!Float.isFinite(adapter.scale())) {
                throw refused("the scale of adapter " + adapter.file() + " is " + adapter.scale());
            }
            if (!files.add(adapter.file())) throw refused("adapter " + adapter.file() + " is named twice");
        }
    }

    private MemorySegment loaded(Path file) {
        MemorySegment known = loaded.get(file);
        if (known != null) return known;
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refused("there is no adapter " + file + " that can be read");
        }
        log.takeErrors();
        MemorySegment adapter;
        try (Arena arena = Arena.ofConfined()) {
            adapter = LlamaAdapters.load(model.pointer(), arena.allocateFrom(file.toString()));
        }
        if (Linking.isNull(adapter)) {
            throw refused("adapter " + file + " does not work with this model: " + log.takeErrors());
        }
        if (LlamaAdapters.invocationTokens(adapter) > 0) {
            LlamaAdapters.free(adapter);
            throw refused("adapter " + file + " is of a kind that works only after certain words of a prompt (aLoRA), "
                    + "which is not supported");
        }
        loaded.put(file, adapter);
        return adapter;
    }

    private void freeSurplus() {
        Iterator<Map.Entry<Path, MemorySegment>> oldest = loaded.entrySet().iterator();
        while (loaded.size() > KEPT && oldest.hasNext()) {
            Map.Entry<Path, MemorySegment> entry = oldest.next();
            if (uses(entry.getKey())) continue;
            oldest.remove();
            LlamaAdapters.free(entry.getValue());
        }
    }

    private boolean uses(Path file) {
        for (Adapter adapter : inUse) {
            if (adapter.file().equals(file)) return true;
        }
        return false;
    }

    private static LlamaException refused(String message) {
        return new LlamaException(Fault.INVALID_REQUEST, message);
    }

    @Override
    public void close() {
        use(List.of());
        for (MemorySegment adapter : loaded.values()) LlamaAdapters.free(adapter);
        loaded.clear();
    }
}
