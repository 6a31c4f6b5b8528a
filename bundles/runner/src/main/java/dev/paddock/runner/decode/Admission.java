package dev.paddock.runner.decode;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.sampling.TokenSampler;
import java.io.IOException;
import java.util.List;

/**
 * Lets requests in while there are seats, and gives each its place in the context, unless it begins like a prompt that
 * is being computed: then it waits for that one. Decode thread only.
 */
final class Admission {
    private final Engine engine;
    private final Requests requests;
    private final Places places;
    private final Answers answers;
    private final Pieces pieces;

    Admission(Engine engine, Requests requests, Places places, Answers answers, Pieces pieces) {
        this.engine = engine;
        this.requests = requests;
        this.places = places;
        this.answers = answers;
        this.pieces = pieces;
    }

    /** Fills the seats, and gives places where nothing is waited for. */
    void admit(List<Sequence> running) throws IOException {
        int seats = engine.context().order().parallel();
        Request request = running.size() < seats ? requests.poll() : null;
        while (request != null) {
            take(request, running);
            request = running.size() < seats ? requests.poll() : null;
        }
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            if (sequence.place() == Sequence.NOWHERE && !waits(sequence, running)) enter(sequence);
        }
    }

    private void enter(Sequence sequence) {
        places.enter(sequence);
        // Wrong guesses have to be forgotten.
        if (engine.model().rewinds()) sequence.drafter(engine.drafters().of(sequence.place()));
    }

    private void take(Request request, List<Sequence> running) throws IOException {
        Sequence sequence;
        try {
            sequence = begin(request);
        } catch (LlamaException e) {
            requests.ended(request);
            answers.fail(request, e.code(), e.getMessage());
            return;
        } catch (IllegalStateException | IndexOutOfBoundsException | IllegalArgumentException e) {
            requests.ended(request);
            answers.fail(request, Fault.INTERNAL, "the runner failed: " + e);
            return;
        }
        StopReason ended = sequence.ended();
        if (ended == null) {
            running.add(sequence);
        } else {
            // Only its last word got lost with another runner.
            requests.ended(request);
            answers.end(sequence, ended);
            sequence.close();
        }
    }

    private Sequence begin(Request request) {
        Message.Generate order = request.order();
        int length = engine.context().order().length();
        // Tells of a wrong adapter here, where it costs this request only.
        if (!order.order().adapters().isEmpty())
            engine.adapters().use(order.order().adapters());
        TokenSampler sampler = new TokenSampler(order.order(), engine.model().vocabulary(), length);
        try {
            Sequence sequence = new Sequence(request, sampler, length);
            sequence.replay(pieces);
            return sequence;
        } catch (RuntimeException e) {
            sampler.close();
            throw e;
        }
    }

    private boolean waits(Sequence sequence, List<Sequence> running) {
        Sequence leader = sequence.leader();
        if (leader != null && computing(leader) && leader.track().computed() < sequence.leaderMark()) return true;
        sequence.follow(null, 0);
        // A recurrent state serves others only where it stopped, so nobody could start in the middle.
        if (!engine.model().rewinds()) return false;
        for (int i = 0; i < running.size(); i++) {
            Sequence other = running.get(i);
            if (!computing(other) || !other.scope().equals(sequence.scope())) continue;
            int mark = SharedPrompt.waitUntil(
                    sequence.track().common(other.track()),
                    sequence.track().length(),
                    other.track().computed());
            if (mark > sequence.leaderMark()) sequence.follow(other, mark);
        }
        return sequence.leader() != null;
    }

    private static boolean computing(Sequence other) {
        return other.place() != Sequence.NOWHERE && !other.generating();
    }
}
