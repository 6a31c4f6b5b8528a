package dev.paddock.runner.decode;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.runner.cache.Fetch;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.sampling.ShownTokens;
import dev.paddock.runner.sampling.TokenChoice;
import dev.paddock.runner.speculate.Drafter;
import java.util.List;

/**
 * A request that runs: its tokens, how far they are computed, and what it says. Whoever makes it gives it to the decode
 * thread, and does not touch it any more.
 */
final class Sequence implements AutoCloseable {
    /** Not in the context yet. */
    static final int NOWHERE = -1;

    /** Tokens of an answer that nobody limits and that the context does not end, as often as the context's length. */
    private static final int CONTEXTS_WITHOUT_LIMIT = 10;

    private final Request request;
    private final TokenChoice sampler;
    private final AnswerText text;
    private final Track track;
    private final Shift shift;
    private final Spent spent = new Spent();
    private final String scope;
    private final int limit;
    private final int contextLength;
    private final ShownTokens shown;
    private int place = NOWHERE;
    private Drafter drafter;
    private Sequence leader;
    private int leaderMark;
    /** Null until it was asked what the disk knows of its tokens. */
    private Fetch fetch;

    private int generated;
    private Guess guess = Guess.NONE;
    private int share;
    private int output = NOWHERE;

    /** Begins; {@link #replay} must follow. */
    Sequence(Request request, TokenChoice sampler, int contextLength, ShownTokens shown) {
        GenerationOrder order = request.order().order();
        Ending ending = order.ending();
        this.request = request;
        this.sampler = sampler;
        this.contextLength = contextLength;
        this.shown = shown;
        this.text = new AnswerText(ending.stop());
        this.track = new Track(order.prompt());
        this.shift = ending.shift().isPresent() ? new Shift(ending.shift().getAsInt(), contextLength) : null;
        this.scope = order.adapters().isEmpty() ? order.cacheScope() : order.cacheScope() + '\n' + order.adapters();
        this.limit = limit(ending.maxTokens(), contextLength - promptLength());
    }

    private int limit(int most, int room) {
        if (shift == null) return most < 0 ? room : Math.min(room, most);
        return most < 0 ? CONTEXTS_WITHOUT_LIMIT * contextLength : most;
    }

    /** Where the answer begins. */
    private int promptLength() {
        return request.order().order().prompt().length - request.order().resumed();
    }

    /** Lets the sampler know the prompt, and takes up what was answered already in another runner. */
    void replay(Pieces pieces) {
        int[] tokens = track.tokens();
        sampler.replay(tokens, 0, track.length(), promptLength());
        for (int i = promptLength(); i < track.length(); i++) text.add(pieces.of(tokens[i], shown));
        generated = request.order().resumed();
        if (shift == null) return;
        int dropped = shift.dropped(track.length());
        if (dropped > 0) track.drop(shift.keep(), dropped);
        spent.shifted(dropped);
    }

    Request request() {
        return request;
    }

    /** Requests of other scopes must not see what this one computes. */
    String scope() {
        return scope;
    }

    /** Control tokens that print in its answer. */
    ShownTokens shown() {
        return shown;
    }

    List<Adapter> adapters() {
        return request.order().order().adapters();
    }

    Track track() {
        return track;
    }

    Spent spent() {
        return spent;
    }

    /** Its id in the context, or {@link #NOWHERE}. */
    int place() {
        return place;
    }

    /** It computes here, where so many of its tokens are already. */
    void place(int sequence, int computed) {
        place = sequence;
        track.computed(computed);
    }

    /** Somebody guesses ahead for it, from now on; is closed with it. */
    void drafter(Drafter guesses) {
        drafter = guesses;
    }

    /** Waits for another prompt that begins alike to be computed so far; null = for none. */
    void follow(Sequence other, int mark) {
        leader = other;
        leaderMark = mark;
    }

    /** Whom it waits for; null = nobody. */
    Sequence leader() {
        return leader;
    }

    /** How many tokens of the leader it waits for. */
    int leaderMark() {
        return leaderMark;
    }

    /** What the disk is asked for; null = it was not asked yet. */
    Fetch fetch() {
        return fetch;
    }

    void fetch(Fetch asked) {
        fetch = asked;
    }

    /** Whether it waits for the disk. */
    boolean fetching() {
        return fetch != null && !fetch.over();
    }

    /** Whether it only continues its answer. */
    boolean generating() {
        return generated > 0 && place != NOWHERE && track.pending() == 1;
    }

    /** What it puts into the next batch at most. */
    int wanted() {
        if (place == NOWHERE) return 0;
        return track.pending() + guess.length();
    }

    /** Guesses what follows, at most so many tokens. */
    void guess(int most) {
        guess = Guess.NONE;
        if (drafter == null) return;
        int useful = Math.min(most, Math.min(contextLength - 1 - track.length(), limit - generated - 1));
        if (useful < 1) return;
        int[] tokens = drafter.draft(track.tokens(), track.length(), useful);
        if (tokens.length > 0) guess = new Guess(tokens);
    }

    /** Puts its share into the batch; the last pending token and all guesses ask for output. */
    void fill(TokenBatch batch, int count) {
        share = count;
        output = NOWHERE;
        int last = track.length() - 1;
        for (int i = 0; i < count; i++) {
            int position = track.computed() + i;
            int token = position <= last ? track.token(position) : guess.token(position - last - 1);
            int index = batch.add(token, position, place, position >= last);
            if (position == last) output = index;
        }
    }

    /** Tokens it put into the batch. */
    int share() {
        return share;
    }

    /** The batch was not, or only partly, computed. */
    void unshare() {
        share = 0;
        guess = Guess.NONE;
    }

    /** The batch was computed: true when a token can be sampled. */
    boolean advance() {
        boolean complete = output != NOWHERE && share > 0;
        track.computed(complete ? track.length() : track.computed() + share);
        share = 0;
        return complete;
    }

    /** Chooses the token after the last one. */
    int sample(Context context) {
        int token = sampler.sample(context, output + guess.right());
        spent.token();
        return token;
    }

    /** Whether this token, just chosen, was guessed: then it is computed already, and another can be chosen. */
    boolean guessed(int token) {
        return guess.meets(token);
    }

    /** Of the token just chosen; null when not asked for. */
    Logprob logprob() {
        return sampler.logprob();
    }

    /** Takes a token, which is not the end, and gives the text that is sure by now. */
    String accept(int token, byte[] piece, boolean computed) {
        track.append(token);
        if (computed) track.computed(track.length());
        generated++;
        return text.add(piece);
    }

    /** All that could be chosen was: true when the context holds wrong guesses, which are to be forgotten. */
    boolean judge() {
        Guess judged = guess;
        guess = Guess.NONE;
        if (judged.length() == 0) return false;
        spent.guessed(judged.length(), judged.right());
        drafter.judged(judged.length(), judged.right());
        return judged.overhangs();
    }

    /** Whether the answer has ended with the last token; null when it goes on. */
    StopReason ended() {
        if (text.stopped()) return StopReason.STOP;
        return generated >= limit ? StopReason.LENGTH : null;
    }

    /** Text held back that is part of the answer, now that no more comes. */
    String rest() {
        return text.rest();
    }

    /** The stop text that came; empty when none did. */
    String stop() {
        return text.stop();
    }

    /** Tokens to drop before it can go on, and from where; 0 = none. */
    int surplus() {
        return shift == null ? 0 : shift.dropped(track.length());
    }

    /** Where {@link #surplus} begins. */
    int kept() {
        return shift.keep();
    }

    /** The surplus is gone. */
    void shifted(int dropped) {
        track.drop(shift.keep(), dropped);
        spent.shifted(dropped);
    }

    /** What it took so far. */
    Tally tally() {
        return spent.tally(promptLength(), generated);
    }

    @Override
    public void close() {
        sampler.close();
        if (drafter != null) drafter.close();
        if (fetch != null) fetch.close();
    }
}
