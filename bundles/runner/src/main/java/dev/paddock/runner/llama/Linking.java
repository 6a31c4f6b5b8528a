package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.paddock.api.fault.Fault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;

/** What the bindings share. Descriptors of the same shape share their machinery, so few shapes start faster. */
final class Linking {
    static final Linker LINKER = Linker.nativeLinker();

    /** {@code void *f(void *)}, the commonest shape. */
    static final FunctionDescriptor POINTER_OF_POINTER = FunctionDescriptor.of(ADDRESS, ADDRESS);

    /** {@code void f(void *)}. */
    static final FunctionDescriptor VOID_OF_POINTER = FunctionDescriptor.ofVoid(ADDRESS);

    /** {@code int32_t f(const void *)}, for {@link #number}. */
    static final FunctionDescriptor INT_OF_POINTER = FunctionDescriptor.of(JAVA_INT, ADDRESS);

    /** {@code bool f(const void *)}, for {@link #truth}. */
    static final FunctionDescriptor BOOL_OF_POINTER = FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS);

    private Linking() {}

    /** Makes the machinery for the shapes that the first libraries have; it needs none of them. */
    static void prepare() {
        LINKER.downcallHandle(POINTER_OF_POINTER);
        LINKER.downcallHandle(INT_OF_POINTER);
        LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        LINKER.downcallHandle(FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
        LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG));
        LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS, JAVA_LONG));
        LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT));
        LINKER.downcallHandle(VOID_OF_POINTER);
        LINKER.downcallHandle(BOOL_OF_POINTER);
    }

    static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbol(library, name), descriptor);
    }

    static MemorySegment symbol(SymbolLookup library, String name) {
        return library.find(name)
                .orElseThrow(() -> new LlamaException(
                        Fault.UNAVAILABLE,
                        "the llama.cpp library has no function " + name + "; is it another version?"));
    }

    /** A function of ours for C, for the life of the process. */
    static MemorySegment upcall(
            MethodHandles.Lookup lookup, Object target, String method, FunctionDescriptor descriptor) {
        try {
            MethodType type = descriptor.toMethodType();
            return LINKER.upcallStub(lookup.bind(target, method, type), descriptor, Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method + " is no method of " + target, e);
        }
    }

    /** Asks a function of the shape {@link #INT_OF_POINTER}. */
    static int number(MethodHandle getter, MemorySegment of) {
        try {
            return (int) getter.invokeExact(of);
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** Asks a function of the shape {@link #BOOL_OF_POINTER}. */
    static boolean truth(MethodHandle getter, MemorySegment of) {
        try {
            return (boolean) getter.invokeExact(of);
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    static boolean isNull(MemorySegment pointer) {
        return pointer.address() == 0;
    }

    /** A C string that C keeps; empty for NULL. */
    static String string(MemorySegment pointer) {
        return isNull(pointer) ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
    }

    /** Native calls throw nothing checked; what comes is a bug or an error of the machine. */
    static RuntimeException rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException e) return e;
        if (thrown instanceof Error e) throw e;
        return new IllegalStateException(thrown);
    }
}
