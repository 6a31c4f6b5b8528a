package dev.paddock.api.prompt;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Splits one answer into content, thoughts and tool calls while it streams. Text that might become a tag is held back
 * until it is known; nothing is ever dropped. One thread.
 */
@ConsumerType
public interface OutputParser {
    /** Takes the next piece of text; gives what is now certain, in order. */
    List<OutputPiece> accept(String text);

    /** The answer has ended; gives all that was held back. */
    List<OutputPiece> finish();
}
