package dev.paddock.runner;

import dev.paddock.api.engine.Logprob;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Collects what comes for one request. */
final class Answer {
    private final StringBuilder text = new StringBuilder();
    private final List<Logprob> logprobs = new ArrayList<>();
    private IntStream tokens = IntStream.empty();
    private Message.End end;
    private Message.Failed failed;

    /** Reads until so many requests have ended. */
    static Map<Long, Answer> collect(RunnerProcess runner, int count) throws IOException {
        Map<Long, Answer> answers = new HashMap<>();
        int ended = 0;
        while (ended < count) {
            Message message = runner.receive();
            if (message instanceof Message.Chunk chunk) {
                Answer answer = answers.computeIfAbsent(chunk.id(), id -> new Answer());
                answer.text.append(chunk.text());
                answer.logprobs.addAll(chunk.logprobs());
                answer.tokens = IntStream.concat(answer.tokens, IntStream.of(chunk.tokens()));
            } else if (message instanceof Message.End end) {
                Answer answer = answers.computeIfAbsent(end.id(), id -> new Answer());
                answer.text.append(end.rest());
                answer.end = end;
                ended++;
            } else if (message instanceof Message.Failed failed) {
                answers.computeIfAbsent(failed.id(), id -> new Answer()).failed = failed;
                ended++;
            }
        }
        return answers;
    }

    static Answer one(RunnerProcess runner, long id) throws IOException {
        return collect(runner, 1).get(id);
    }

    String text() {
        return text.toString();
    }

    int[] tokens() {
        int[] all = tokens.toArray();
        tokens = IntStream.of(all);
        return all;
    }

    /** Of the tokens, one each, when they were asked for. */
    List<Logprob> logprobs() {
        return logprobs;
    }

    /** Null when it failed. */
    Message.End end() {
        return end;
    }

    /** Null when it ended well. */
    Message.Failed failed() {
        return failed;
    }
}
