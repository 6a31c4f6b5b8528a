package dev.paddock.dialect.openai.batches;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.dialect.kit.Errand;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.openai.files.FileShelf;
import dev.paddock.dialect.openai.shared.BatchRoute;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request of a batch, with the least priority. What is the server's fault is tried again.
 *
 * @param route what answers
 * @param errors the form of errors
 * @param owner who asks
 */
record LineAnswer(BatchRoute route, ErrorForm errors, Identity owner) {
    private static final Logger LOG = LoggerFactory.getLogger(LineAnswer.class);
    private static final int TRIES = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What a try came to. */
    sealed interface Try {
        /**
         * It is over.
         *
         * @param failed whether the result is a failure
         */
        record Result(Map<String, Object> json, boolean failed) implements Try {}

        /** It is worth another try, after a pause. */
        record Again(Duration pause) implements Try {}

        /** Somebody stopped it. */
        record Stopped() implements Try {}
    }

    /** An id for the next request. */
    static String newId() {
        return FileShelf.newId("batch_req_");
    }

    /** Tries once; {@code tries} were before. */
    Try answer(InputLine line, Errand errand, int tries) {
        Fields body = new Fields(line.body());
        try {
            var answer = route.whole(body, errand, new Asker(errand.id(), owner, Identity.LEAST_PRIORITY));
            return result(line, errand.id(), 200, answer, body.unread());
        } catch (PaddockException e) {
            if (errand.cause().isPresent()) return new Try.Stopped();
            return worthAnother(e, tries) ? new Try.Again(pause(e, tries)) : failed(line, errand.id(), e);
        } catch (RuntimeException | StackOverflowError e) {
            if (errand.cause().isPresent()) return new Try.Stopped();
            LOG.error("{} failed", errand.id(), e);
            String message = "internal error, see the server's log for request " + errand.id();
            return failed(line, errand.id(), new PaddockException(Fault.INTERNAL, message));
        } catch (OutOfMemoryError e) {
            // Everything this request made is garbage by now; the others go on.
            LOG.error("{}: the server's memory is too small for it", errand.id());
            String message = "the server has no memory for a request of this size";
            return failed(line, errand.id(), new PaddockException(Fault.OUT_OF_MEMORY, message));
        }
    }

    /** A full queue and a part that stops or is not there pass; other troubles may last, and the batch has to end. */
    private static boolean worthAnother(PaddockException failure, int tries) {
        return switch (failure.fault()) {
            case QUEUE_FULL, UNAVAILABLE, CANCELLED -> true;
            case OUT_OF_MEMORY, LOAD_FAILED, RUNNER_DIED, QUARANTINED -> tries + 1 < TRIES;
            default -> false;
        };
    }

    private static Duration pause(PaddockException failure, int tries) {
        Duration least = failure instanceof BusyException busy ? busy.retryAfter() : Duration.ZERO;
        Duration grown = Duration.ofSeconds(1L << Math.min(tries, 5));
        Duration pause = least.compareTo(grown) > 0 ? least : grown;
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private Try failed(InputLine line, String id, PaddockException failure) {
        return result(line, id, errors.status(failure.fault()), errors.body(failure), List.of());
    }

    private static Try result(InputLine line, String id, int status, Object body, Collection<String> ignored) {
        Reply response =
                new Reply().put("status_code", status).put("request_id", id).put("body", body);
        Reply result = head(line, id)
                .put("response", response.json())
                .put("error", null)
                .putIf(!ignored.isEmpty(), "paddock", Map.of("ignored", ignored));
        return new Try.Result(result.json(), status != 200);
    }

    /** The result of a request that never began. */
    static Map<String, Object> never(InputLine line, String code, String message) {
        return head(line, newId())
                .put("response", null)
                .put(
                        "error",
                        new Reply().put("code", code).put("message", message).json())
                .json();
    }

    private static Reply head(InputLine line, String id) {
        return new Reply().put("id", id).put("custom_id", line.id());
    }
}
