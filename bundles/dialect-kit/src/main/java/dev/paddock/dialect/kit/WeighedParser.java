package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.function.LongConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;

/** Tells how much memory the maps and lists take that are made of a text: thirty times the text in the worst case. */
final class WeighedParser extends JsonParserDelegate {
    /** Most names of fields in one request: each takes several hundred bytes where fields are looked up. */
    static final int MOST_NAMES = 200_000;

    private static final int STEP = 1024;
    private static final long BYTES_A_NAME = 400;
    private static final long BYTES_A_TOKEN = 40;

    private final LongConsumer weight;
    private long tokens;
    private long names;

    /** @param weight told now and then what it takes so far, in bytes */
    WeighedParser(JsonParser parser, LongConsumer weight) {
        super(parser);
        this.weight = weight;
    }

    @Override
    public JsonToken nextToken() {
        JsonToken token = super.nextToken();
        count(token == JsonToken.PROPERTY_NAME);
        return token;
    }

    @Override
    public String nextName() {
        String name = super.nextName();
        count(name != null);
        return name;
    }

    private void count(boolean name) {
        if (name) names++;
        if (++tokens % STEP != 0) return;
        weight.accept(names * BYTES_A_NAME + tokens * BYTES_A_TOKEN);
        if (names > MOST_NAMES) {
            throw new PaddockException(
                    Fault.TOO_LARGE, "the request has more than " + MOST_NAMES + " fields, which is the limit");
        }
    }
}
