package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * What a ggml device says of itself. Linked when first asked for, as a plain start needs none of it.
 *
 * @param name as ggml calls it
 * @param description the maker's name of it
 * @param free bytes of its memory
 * @param total bytes of its memory
 * @param busId address on the bus, or empty
 */
record DeviceProperties(String name, String description, long free, long total, String busId) {
    // struct ggml_backend_dev_props, 56 bytes
    private static final long SIZE = 56;
    private static final long DESCRIPTION = 8;
    private static final long FREE = 16;
    private static final long TOTAL = 24;
    private static final long DEVICE_ID = 40;

    private static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup(LibraryFiles.chosen().base(), Arena.global());

    // void ggml_backend_dev_get_props(ggml_backend_dev_t device, struct ggml_backend_dev_props * props)
    private static final MethodHandle GET_PROPS =
            Linking.bind(LIBRARY, "ggml_backend_dev_get_props", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));

    // const char * ggml_backend_buft_name(ggml_backend_buffer_type_t buft)
    private static final MethodHandle BUFFER_NAME =
            Linking.bind(LIBRARY, "ggml_backend_buft_name", Linking.POINTER_OF_POINTER);

    /** The name of a kind of buffer, which begins with its device's. */
    static String bufferName(MemorySegment bufferType) {
        try {
            return Linking.string((MemorySegment) BUFFER_NAME.invokeExact(bufferType));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static DeviceProperties of(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment props = arena.allocate(SIZE, Long.BYTES);
            GET_PROPS.invokeExact(device, props);
            return new DeviceProperties(
                    Linking.string(props.get(ADDRESS, 0)),
                    Linking.string(props.get(ADDRESS, DESCRIPTION)),
                    props.get(JAVA_LONG, FREE),
                    props.get(JAVA_LONG, TOTAL),
                    Linking.string(props.get(ADDRESS, DEVICE_ID)));
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
