package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.ThoughtMarks;
import java.util.Optional;

/**
 * How a template wants the assistant's thoughts.
 *
 * @param parts as a part of the content, not beside it
 * @param besideBoth whether a message may have thoughts, content and calls at once
 * @param marks what it writes around the thoughts of the last turn; empty when it writes no thoughts
 */
public record ThoughtForm(boolean parts, boolean besideBoth, Optional<ThoughtMarks> marks) {
    /** As most want them. */
    static final ThoughtForm USUAL = new ThoughtForm(false, true, Optional.empty());
}
