package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The C library: its environment is what native code reads; {@link System#getenv} is only a copy. */
final class Libc {
    private static final SymbolLookup LIBC = Linking.LINKER.defaultLookup();

    private Libc() {}

    /** Sets a variable, unless it is set. */
    static void setDefault(String name, String value) {
        if (System.getenv(name) == null) set(name, value);
    }

    /** Sets a variable, whatever it was. Only while no native code reads the environment. */
    static void set(String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cName = arena.allocateFrom(name);
            MemorySegment cValue = arena.allocateFrom(value);
            Optional<MemorySegment> setenv = LIBC.find("setenv");
            if (setenv.isPresent()) {
                // int setenv(const char *name, const char *value, int overwrite)
                var descriptor = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
                MethodHandle handle = Linking.LINKER.downcallHandle(setenv.get(), descriptor);
                int ignored = (int) handle.invokeExact(cName, cValue, 1);
            } else {
                // errno_t _putenv_s(const char *name, const char *value), on Windows
                var descriptor = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
                MethodHandle handle = Linking.bind(LIBC, "_putenv_s", descriptor);
                int ignored = (int) handle.invokeExact(cName, cValue);
            }
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** The address of {@code size_t strlen(const char *)}. */
    static MemorySegment strlen() {
        return Linking.symbol(LIBC, "strlen");
    }
}
