package dev.paddock.runner.protocol;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The fields of an answer's pieces and of its end. */
final class AnswerFields {
    /** token, length of the bytes, value, length of the list */
    private static final int LEAST_LOGPROB = 4 * Integer.BYTES;

    private AnswerFields() {}

    static FrameOutput encode(FrameOutput out, Tally t) {
        out.number(t.promptTokens()).number(t.cachedTokens()).number(t.completionTokens());
        out.number(t.shiftedTokens()).number(t.draftedTokens()).number(t.acceptedTokens());
        out.number(t.resumes()).number(t.promptTime().toNanos());
        return out.number(t.completionTime().toNanos());
    }

    static Tally tally(FrameInput in) throws ProtocolException {
        return new Tally(
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                Duration.ofNanos(in.longNumber()),
                Duration.ofNanos(in.longNumber()));
    }

    static FrameOutput encode(FrameOutput out, List<Logprob> logprobs) {
        out.number(logprobs.size());
        for (Logprob logprob : logprobs) {
            out.number(logprob.token()).bytes(logprob.bytes()).number(logprob.value());
            encode(out, logprob.top());
        }
        return out;
    }

    static List<Logprob> logprobs(FrameInput in) throws ProtocolException {
        return logprobs(in, true);
    }

    /** The alternatives of a token have none themselves: whatever a frame says, this goes two levels deep. */
    private static List<Logprob> logprobs(FrameInput in, boolean chosen) throws ProtocolException {
        int count = in.count(LEAST_LOGPROB);
        List<Logprob> logprobs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int token = in.number();
            byte[] bytes = in.bytes();
            float value = in.real();
            if (!chosen && in.number() != 0) throw new ProtocolException("alternatives of alternatives");
            logprobs.add(new Logprob(token, bytes, value, chosen ? logprobs(in, false) : List.of()));
        }
        return logprobs;
    }
}
