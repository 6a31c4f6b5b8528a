package dev.paddock.cli.modelfile;

import dev.paddock.cli.modelfile.Modelfile.Instruction;
import dev.paddock.cli.server.Failure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The grammar of Modelfiles, read from left to right. */
final class ModelfileReader {
    private static final Set<String> COMMANDS = Set.of(
            "from",
            "license",
            "template",
            "system",
            "adapter",
            "draft",
            "renderer",
            "parser",
            "parameter",
            "message",
            "requires");
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");
    private static final String NO_COMMAND = "command must be one of \"from\", \"license\", \"template\", \"system\","
            + " \"adapter\", \"draft\", \"renderer\", \"parser\", \"parameter\", \"message\", or \"requires\"";
    private static final String NO_ROLE = "message role must be one of \"system\", \"user\", or \"assistant\"";
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final String END = "unexpected EOF";

    private final String text;
    private int at;
    private int line = 1;

    ModelfileReader(String text) {
        this.text = text;
    }

    /** The bytes as text with plain line feeds, without control characters. */
    static String text(byte[] bytes) {
        String text = new String(bytes, charset(bytes)).replace("\r\n", "\n").replace('\r', '\n');
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().filter(c -> c == '\n' || c == '\t' || !unprintable(c)).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length < 2) return StandardCharsets.UTF_8;
        int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    /** Joiners and wide blanks stay: emoji and other scripts need them. */
    private static boolean unprintable(int c) {
        return Character.isISOControl(c) || c == BYTE_ORDER_MARK || Character.getType(c) == Character.SURROGATE;
    }

    List<Instruction> instructions() {
        List<Instruction> instructions = new ArrayList<>();
        skipToCommand();
        while (at < text.length()) {
            instructions.add(instruction());
            skipToCommand();
        }
        return instructions;
    }

    private void skipToCommand() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') skipLine();
            else if (c == ' ' || c == '\t' || c == '\n') step();
            else return;
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') step();
    }

    private char step() {
        char c = text.charAt(at++);
        if (c == '\n') line++;
        return c;
    }

    private Instruction instruction() {
        String command = word(false, NO_COMMAND).toLowerCase(Locale.ROOT);
        if (!COMMANDS.contains(command)) throw wrong(NO_COMMAND);
        String name = "";
        if (command.equals("parameter")) name = word(true, END);
        if (command.equals("message")) {
            name = word(false, END);
            if (!ROLES.contains(name)) throw wrong(NO_ROLE);
        }
        return new Instruction(command, name, value(command));
    }

    /** Letters, and where it is a parameter's name also digits and underscores, up to a blank. */
    private String word(boolean name, String otherwise) {
        skipBlanks();
        int start = at;
        while (at < text.length()) {
            char c = step();
            if (c == ' ' || c == '\t') return text.substring(start, at - 1);
            boolean fits = isLetter(c) || (name && (c == '_' || (c >= '0' && c <= '9')));
            if (!fits)
                throw otherwise.equals(END)
                        ? new Failure(END + ": " + text.substring(start, at - 1))
                        : wrong(otherwise);
        }
        throw new Failure(END + ": " + text.substring(start));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) at++;
    }

    private String value(String command) {
        skipBlanks();
        String quotes = text.startsWith("\"\"\"", at) ? "\"\"\"" : text.startsWith("\"", at) ? "\"" : "";
        int start = at;
        while (true) {
            skipLine();
            String value = text.substring(start, at).strip();
            if (quotes.isEmpty()) return value;
            if (value.length() >= 2 * quotes.length() && value.endsWith(quotes)) {
                return value.substring(quotes.length(), value.length() - quotes.length());
            }
            if (at == text.length()) throw new Failure(END + ": " + command + " has an open " + quotes);
            step();
        }
    }

    private Failure wrong(String message) {
        return new Failure("(line " + line + "): " + message);
    }
}
