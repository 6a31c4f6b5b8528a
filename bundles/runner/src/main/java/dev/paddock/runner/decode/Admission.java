package dev.paddock.runner.decode;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.StopReason;
import dev.paddock.runner.llama.LlamaException;
import java.io.IOException;
import java.util.List;

/**
 * Lets requests in while there are seats, and gives each its place in the context, unless it begins like a prompt that
 * is being computed, or the disk knows more of it than memory does: then it waits for that. Decode thread only.
 */
final class Admission {
    private final Engine engine;
    private final Requests requests;
    private final Places places;
    private final Answers answers;
    private final Preparation.Maker maker;

    /** @param maker of the sequences that were not made beforehand */
    Admission(Engine engine, Requests requests, Places places, Answers answers, Preparation.Maker maker) {
        this.engine = engine;
        this.requests = requests;
        this.places = places;
        this.answers = answers;
        this.maker = maker;
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
            if (sequence.place() == Sequence.NOWHERE && ready(sequence, running)) enter(sequence);
        }
    }

    /**
     * Whether it can start: nobody computes what it begins with, and the disk, asked then, has told what it knows. What
     * came from the disk is used even if somebody began to compute the same meanwhile.
     */
    private boolean ready(Sequence sequence, List<Sequence> running) {
        if (sequence.fetching()) return false;
        if (sequence.fetch() != null && sequence.fetch().found()) return true;
        if (waits(sequence, running)) return false;
        if (sequence.fetch() == null) sequence.fetch(places.fetch(sequence, requests));
        return !sequence.fetching();
    }

    private void enter(Sequence sequence) {
        places.enter(sequence);
        // Wrong guesses have to be forgotten.
        if (engine.model().rewinds()) sequence.drafter(engine.drafters().next());
    }

    private void take(Request request, List<Sequence> running) throws IOException {
        Sequence sequence;
        try {
            sequence = begin(request);
        } catch (LlamaException | IllegalStateException | IndexOutOfBoundsException | IllegalArgumentException e) {
            requests.ended(request);
            request.close();
            answers.fail(request, e);
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
        // Tells of a wrong adapter here, where it costs this request only.
        List<Adapter> adapters = request.order().order().adapters();
        if (!adapters.isEmpty()) engine.adapters().use(adapters);
        Sequence made = request.takeSequence();
        if (made == null) made = maker.make(request);
        made.spent().begin();
        return made;
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
