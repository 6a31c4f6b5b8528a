package dev.paddock.runner.decode;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.SamplerChain;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.protocol.Message;
import java.time.Duration;
import java.util.Arrays;

/** A request that holds a place in the context. Only the decode thread touches it. */
final class Sequence implements AutoCloseable {
    private final Request request;
    private final int slot;
    private final SamplerChain chain;
    private final Utf8Text characters = new Utf8Text();
    private final StopTexts stops;
    private final int limit;
    private final long started = System.nanoTime();
    private long firstToken;
    private long lastToken;
    private int[] tokens;
    private int length;
    private int generated;
    private int computed;
    private int share;
    private int output = -1;

    Sequence(Request request, int slot, SamplerChain chain, int contextLength) {
        GenerationOrder order = request.order().order();
        this.request = request;
        this.slot = slot;
        this.chain = chain;
        this.stops = new StopTexts(order.ending().stop());
        this.tokens = order.prompt();
        this.length = tokens.length;
        int room = contextLength - length;
        int most = order.ending().maxTokens();
        this.limit = most < 0 ? room : Math.min(room, most);
        chain.remember(tokens);
    }

    Request request() {
        return request;
    }

    int slot() {
        return slot;
    }

    /** Tokens that are not in the cache yet. */
    int pending() {
        return length - computed;
    }

    /** Whether it only continues its answer. */
    boolean generating() {
        return generated > 0 && pending() == 1;
    }

    /** Puts its share into the batch; the last pending token asks for output. */
    void fill(TokenBatch batch, int count) {
        share = count;
        output = -1;
        for (int i = 0; i < count; i++) {
            int position = computed + i;
            int index = batch.add(tokens[position], position, slot, position == length - 1);
            output = position == length - 1 ? index : output;
        }
    }

    /** Tokens it put into the batch. */
    int share() {
        return share;
    }

    /** The batch was computed: true when a token can be sampled. */
    boolean advance() {
        computed += share;
        share = 0;
        return output >= 0;
    }

    /** The batch was not, or only partly, computed: back to where it was. */
    void rewind(Context context) {
        share = 0;
        if (!context.forget(slot, computed)) {
            context.forget(slot, 0);
            computed = 0; // a model that cannot forget a part starts over
        }
    }

    /** Chooses the next token. */
    int sample(Context context) {
        int token = chain.sample(context, output);
        lastToken = System.nanoTime();
        if (firstToken == 0) firstToken = lastToken;
        return token;
    }

    /** Takes a token, which is not the end, and gives the text that is sure by now. */
    String accept(int token, byte[] piece) {
        if (length == tokens.length) tokens = Arrays.copyOf(tokens, length + length / 2 + 64);
        tokens[length++] = token;
        generated++;
        return stops.append(characters.append(piece));
    }

    /** Whether the answer ends with the token just taken; null when it goes on. */
    StopReason ended() {
        if (stops.found()) return StopReason.STOP;
        return generated >= limit ? StopReason.LENGTH : null;
    }

    /** Text held back that is part of the answer, now that no more comes. */
    String rest() {
        if (stops.found()) return "";
        String last = stops.append(characters.finish());
        return stops.found() ? last : last + stops.rest();
    }

    Message.End end(StopReason reason) {
        Tally tally = Tally.plain(
                request.order().order().prompt().length,
                generated,
                Duration.ofNanos(firstToken - started),
                Duration.ofNanos(lastToken - firstToken));
        return new Message.End(request.id(), reason, tally);
    }

    @Override
    public void close() {
        chain.close();
    }
}
