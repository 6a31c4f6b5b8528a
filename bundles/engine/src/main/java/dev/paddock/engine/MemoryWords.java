package dev.paddock.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import java.util.Locale;

/** Whether something failed for want of memory: by its fault, or by what libraries and drivers say then. */
final class MemoryWords {
    private static final List<String> WORDS = List.of(
            "out of memory",
            "failed to allocate",
            "cannot allocate memory",
            "erroroutofdevicememory",
            "erroroutofhostmemory",
            "bad_alloc",
            "unable to allocate");

    private MemoryWords() {}

    static boolean tell(PaddockException failure) {
        return failure.fault() == Fault.OUT_OF_MEMORY || (failure instanceof RunnerGone && in(failure.getMessage()));
    }

    static boolean in(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(text::contains);
    }
}
