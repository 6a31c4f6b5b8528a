package dev.paddock.dialect.openai.files;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code multipart/form-data} (RFC 7578) part by part as it comes: only a small window of it is in memory, whatever
 * the sizes of the parts. One thread.
 */
final class MultipartReader {
    private static final int MOST_PARTS = 32;
    private static final int MOST_HEADER_BYTES = 8 << 10;

    private final DelimitedStream in;
    private int parts;
    private boolean over;

    /** @param boundary of {@link PartHeader#boundary} */
    MultipartReader(InputStream in, String boundary) {
        this.in = new DelimitedStream(in, ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The next part; what was not read of the one before is passed over.
     *
     * @return empty behind the last one
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for what is no such body, or has no end
     */
    Optional<PartHeader> next() throws IOException {
        if (over) return Optional.empty();
        in.transferTo(OutputStream.nullOutputStream());
        in.passDelimiter();
        String rest = line();
        if (rest.strip().equals("--")) {
            over = true;
            return Optional.empty();
        }
        if (!rest.isBlank()) throw PartHeader.invalid("something stands behind a boundary of the form");
        if (++parts > MOST_PARTS) throw PartHeader.invalid("the form has more than " + MOST_PARTS + " parts");
        return Optional.of(header());
    }

    private PartHeader header() throws IOException {
        String disposition = "";
        int bytes = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            bytes += line.length();
            if (bytes > MOST_HEADER_BYTES) throw PartHeader.invalid("a part of the form has too long a header");
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) disposition = line;
        }
        return PartHeader.parse(disposition);
    }

    /** The content of the part that {@link #next} gave; its end is the part's. */
    InputStream content() {
        return in;
    }

    /** The content as a text of at most so many bytes. */
    String text(int most) throws IOException {
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) throw PartHeader.invalid("a field of the form has more than " + most + " bytes");
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int b = in.readPastDelimiters();
            if (b < 0) {
                if (line.toString(StandardCharsets.UTF_8).equals("--")) return "--";
                throw PartHeader.invalid("the form ends in the middle");
            }
            if (b == '\n') break;
            if (line.size() > MOST_HEADER_BYTES) throw PartHeader.invalid("a part of the form has too long a header");
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
