package dev.paddock.cli.run;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images and sounds that a message names by their paths: they are taken out of its text and sent with it.
 *
 * @param text what is left
 * @param files their content in Base64, as the API takes it
 * @param notes a line for each, for the user
 */
public record Attachments(String text, List<String> files, List<String> notes) {
    private static final long MOST_BYTES = 100L << 20;
    /** Read when a message may name a path: most do not, and patterns take their time. */
    private static final class Paths {
        /** Begins as a path and ends as an image or a sound; blanks in it have a backslash before them. */
        static final Pattern PATH = Pattern.compile(
                "(?<!\\S)(?:[a-zA-Z]:\\\\|\\.?/|\\\\)(?:\\\\ |[^\\s\\p{Cc}]){0,1024}?\\.(?i:jpe?g|png|webp|wav)(?!\\S)");
    }

    private static final int MAGIC = 12;

    public Attachments {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /**
     * Reads what a message names. A path where no file is stays text.
     *
     * @throws Failure for a file that cannot be read, is too large, or is none of what its name says
     */
    public static Attachments of(String message) {
        if (message.indexOf('/') < 0 && message.indexOf('\\') < 0)
            return new Attachments(message, List.of(), List.of());
        List<String> files = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String rest = Paths.PATH.matcher(message).replaceAll(found -> {
            Path path = Path.of(found.group().replace("\\ ", " "));
            if (!Files.isRegularFile(path)) return Matcher.quoteReplacement(found.group());
            files.add(Base64.getEncoder().encodeToString(content(path)));
            notes.add("Added " + (isSound(path) ? "audio" : "image") + " '" + path + "'");
            return "";
        });
        return new Attachments(files.isEmpty() ? message : rest.strip(), files, notes);
    }

    /** Whether an entry that begins like a command is a message with a path at its beginning. */
    static boolean beginsWithFile(String entry) {
        var path = Paths.PATH.matcher(entry);
        return path.lookingAt() && Files.isRegularFile(Path.of(path.group().replace("\\ ", " ")));
    }

    private static boolean isSound(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".wav");
    }

    private static byte[] content(Path path) {
        try {
            if (Files.size(path) > MOST_BYTES) throw new Failure(path + " is larger than 100 MB");
            byte[] content = Files.readAllBytes(path);
            if (!isMedia(content)) throw new Failure("invalid file type: " + path + " is no JPEG, PNG, WebP or WAV");
            return content;
        } catch (IOException e) {
            throw new Failure(path + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isMedia(byte[] content) {
        if (content.length < MAGIC) return false;
        boolean jpeg = (content[0] & 0xFF) == 0xFF && (content[1] & 0xFF) == 0xD8;
        boolean png = (content[0] & 0xFF) == 0x89 && content[1] == 'P' && content[2] == 'N' && content[3] == 'G';
        boolean riff = content[0] == 'R' && content[1] == 'I' && content[2] == 'F' && content[3] == 'F';
        return jpeg || png || riff;
    }
}
