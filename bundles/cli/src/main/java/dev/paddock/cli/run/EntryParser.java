package dev.paddock.cli.run;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when an entry is complete, and which word is being typed. No character has a meaning of its own. */
final class EntryParser implements Parser {
    /** The words up to the cursor; the last one is being typed. */
    private record Words(String line, int cursor, List<String> words) implements CompletingParsedLine {
        @Override
        public String word() {
            return words.getLast();
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && Entry.isOpen(line)) {
            throw new EOFError(-1, -1, "the quotes are open");
        }
        return new Words(line, cursor, List.of(line.substring(0, cursor).split("\\s+", -1)));
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }
}
