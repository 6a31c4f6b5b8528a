package dev.paddock.api.explain;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Remembers decisions for those who ask why, as many as its setting says, and logs each in one line. Thread-safe. */
@ProviderType
public interface Decisions {
    /** Takes note. Cheap, never blocks, never fails. */
    void add(Decision decision);

    /** All that is remembered of one request, oldest first; what concerned its model meanwhile is included. */
    List<Decision> ofRequest(String request);

    /** All that is remembered of one model, oldest first; by its display name. */
    List<Decision> ofModel(String model);

    /** The latest of all, newest first. */
    List<Decision> latest(int most);
}
