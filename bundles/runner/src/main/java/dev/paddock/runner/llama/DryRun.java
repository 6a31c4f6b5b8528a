package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks llama.cpp what a context of a model that was read by {@link Model#plan} would take. The answer is a {@code
 * std::map}, whose tree is walked as libstdc++ builds it: only on Linux.
 */
public final class DryRun {
    private static final String FUNCTION = "_Z26llama_get_memory_breakdownPK13llama_context";

    /** {@code std::map}: comparison, colour, root, leftmost, rightmost, count. */
    private static final StructLayout MAP = MemoryLayout.structLayout(
            JAVA_LONG, JAVA_LONG, ADDRESS.withName("root"), ADDRESS, ADDRESS, JAVA_LONG.withName("count"));

    private static final long ROOT = 16;
    private static final long LEFT = 16;
    private static final long RIGHT = 24;
    private static final long BUFFER_TYPE = 32;
    private static final long WEIGHTS = 40;
    private static final long CONTEXT = 48;
    private static final long COMPUTE = 56;
    private static final long NODE = 64;

    private DryRun() {}

    /** Whether this platform's llama.cpp can be asked. */
    public static boolean possible() {
        return System.getProperty("os.name").startsWith("Linux")
                && Llama.LIBRARY.find(FUNCTION).isPresent();
    }

    /**
     * What a generation context takes, its model's weights included.
     *
     * @throws LlamaException when llama.cpp would not make it
     */
    public static List<MemoryUse> ask(Model model, Context.Order order, NativeLog log) {
        try (Arena arena = Arena.ofConfined()) {
            return ask(model, Context.params(arena, order, new AbortFlag(), true), log);
        }
    }

    /**
     * What a context for vectors takes, its model's weights included.
     *
     * @throws LlamaException when llama.cpp would not make it
     */
    public static List<MemoryUse> ask(Model model, EmbeddingContext.Order order, NativeLog log) {
        try (Arena arena = Arena.ofConfined()) {
            return ask(model, EmbeddingContext.params(arena, model.vectors(), order, new AbortFlag()), log);
        }
    }

    private static List<MemoryUse> ask(Model model, MemorySegment params, NativeLog log) {
        log.takeErrors();
        MemoryFigures told = new MemoryFigures();
        log.measure(told);
        MemorySegment context = Llama.newContext(model.pointer(), params);
        log.measure(null);
        if (Linking.isNull(context)) {
            throw new LlamaException(Fault.LOAD_FAILED, "llama.cpp made no context: " + log.takeErrors());
        }
        try {
            List<MemoryUse> uses = new ArrayList<>(breakdown(context));
            uses.addAll(told.outputs()); // allocated even now, and in no breakdown
            return MemoryFigures.sums(uses);
        } finally {
            Llama.freeContext(context);
        }
    }

    /** The map's nodes are left behind: a few bytes of a process that ends soon. */
    private static List<MemoryUse> breakdown(MemorySegment context) {
        Optional<MemorySegment> function = Llama.LIBRARY.find(FUNCTION);
        if (function.isEmpty()) throw new LlamaException(Fault.UNSUPPORTED, "this llama.cpp has no " + FUNCTION);
        // std::map<ggml_backend_buffer_type_t, struct { size_t, size_t, size_t }> (const struct llama_context *)
        MethodHandle ask = Linking.LINKER.downcallHandle(function.get(), FunctionDescriptor.of(MAP, ADDRESS));
        List<MemoryUse> uses = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = (MemorySegment) ask.invokeExact((java.lang.foreign.SegmentAllocator) arena, context);
            walk(map.get(ADDRESS, ROOT), uses);
            return uses;
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    private static void walk(MemorySegment pointer, List<MemoryUse> uses) {
        if (Linking.isNull(pointer)) return;
        MemorySegment node = pointer.reinterpret(NODE);
        walk(node.get(ADDRESS, LEFT), uses);
        uses.add(new MemoryUse(
                MemoryFigures.device(DeviceProperties.bufferName(node.get(ADDRESS, BUFFER_TYPE))),
                node.get(JAVA_LONG, WEIGHTS),
                node.get(JAVA_LONG, CONTEXT),
                node.get(JAVA_LONG, COMPUTE)));
        walk(node.get(ADDRESS, RIGHT), uses);
    }
}
