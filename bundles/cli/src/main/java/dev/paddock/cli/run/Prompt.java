package dev.paddock.cli.run;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.IOException;

/** Where the entries of a conversation come from. */
@FunctionalInterface
public interface Prompt extends AutoCloseable {
    /** What stands before an entry. */
    String FIRST = ">>> ";

    /** What stands before each further line of it. */
    String NEXT = "... ";

    /**
     * Shows the prompt and waits for an entry, of several lines where it was quoted or pasted; null at the end of input.
     *
     * @throws Failure with {@link Failure#INTERRUPTED} when the user pressed Ctrl-C and nothing was typed
     */
    String entry() throws IOException;

    /** Gives the terminal back as it was. */
    @Override
    default void close() {}

    /** What is typed at this site: with a line editor, or as plain lines where the terminal cannot do it. */
    static Prompt of(Site site, Conversation conversation) {
        try {
            return LineEditor.open(site, conversation);
        } catch (IOException noTerminal) {
            return new PlainLines(site.in(), site.out());
        }
    }
}
