package dev.paddock.cli.bench;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.http.Http;
import dev.paddock.cli.http.HttpAnswer;
import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.http.Json;
import dev.paddock.cli.http.NotHttpException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** A model behind an OpenAI-compatible API, asked as a client of streams does: a connection for each request. */
final class OpenAi {
    private static final int MAX_ERROR = 64 << 10;
    private static final int MAX_MODELS = 16 << 20;
    private static final int QUICK_MILLIS = 10_000;
    private static final int SHOWN = 300;

    /** Which of the two ways to ask; their names are words of the command line. */
    enum Way {
        chat,
        completions
    }

    private final Http http;
    private final String model;
    private final Way way;
    private final boolean ignoreEnd;
    private final int silence;

    /**
     * @param http a client of the API's base, such as {@code http://host:8000/v1}
     * @param ignoreEnd asks for the full length though the model would end; not every server knows it
     * @param silence most milliseconds without a byte
     */
    OpenAi(Http http, String model, Way way, boolean ignoreEnd, int silence) {
        this.http = http;
        this.model = model;
        this.way = way;
        this.ignoreEnd = ignoreEnd;
        this.silence = silence;
    }

    HostAddress address() {
        return http.address();
    }

    /** Asks for at most so many tokens and sees how the answer comes. Nothing is thrown: failures are measured too. */
    Sample ask(String prompt, int predict) {
        Seen seen = new Seen();
        try (HttpAnswer answer = http.send(request(prompt, predict))) {
            if (answer.status() / 100 != 2) {
                return seen.ended(Ending.REFUSED, "HTTP " + answer.status() + ": " + refusal(answer.bytes(MAX_ERROR)));
            }
            return seen.read(answer);
        } catch (ConnectException | NoRouteToHostException | UnknownHostException e) {
            return seen.ended(
                    Ending.UNREACHABLE, "no server answers on " + address().authority() + ": " + e.getMessage());
        } catch (SocketTimeoutException e) {
            return seen.ended(Ending.SILENT, "nothing came for " + silence / 1000 + " s");
        } catch (NotHttpException e) {
            return seen.ended(Ending.FAILED, "what answers is no HTTP server: " + e.getMessage());
        } catch (IOException e) {
            return seen.ended(Ending.CUT, "the connection broke: " + e.getMessage());
        }
    }

    private HttpRequest request(String prompt, int predict) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        if (way == Way.chat) body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
        else body.put("prompt", prompt);
        body.put("max_tokens", predict);
        body.put("temperature", 0);
        body.put("stream", true);
        body.put("stream_options", Map.of("include_usage", true));
        if (ignoreEnd) body.put("ignore_eos", true);
        String path = way == Way.chat ? "/chat/completions" : "/completions";
        return new HttpRequest("POST", path, "application/json", HttpRequest.Body.of(Json.bytes(body)), silence);
    }

    private static String refusal(byte[] body) {
        try {
            String message = Chunk.message(Json.object(body));
            if (!message.isEmpty()) return message;
        } catch (JacksonException e) {
            // its words are shown as they are
        }
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "no reason given" : text.substring(0, Math.min(SHOWN, text.length()));
    }

    /** Names of the models it says it has; empty when it does not say. */
    List<String> models() {
        try (HttpAnswer answer = http.send(HttpRequest.of("GET", "/models", QUICK_MILLIS))) {
            if (answer.status() != 200) return List.of();
            return Json.maps(Json.object(answer.bytes(MAX_MODELS)), "data").stream()
                    .map(known -> Json.text(known, "id"))
                    .toList();
        } catch (IOException | JacksonException e) {
            return List.of();
        }
    }

    /**
     * What has been seen of one request so far. Lines are read when it is over, or when many wait: a client that works
     * hard beside the server it measures, on the same processors, measures itself.
     */
    private static final class Seen {
        private static final int MOST_WAITING = 1 << 20;

        private final long start = System.nanoTime();
        private final List<Line> waiting = new ArrayList<>();
        private final List<Long> arrivals = new ArrayList<>();
        private long promptTokens;
        private long completionTokens;

        /** One line and when it came. */
        private record Line(long at, byte[] text) {}

        Sample read(HttpAnswer answer) throws IOException {
            int bytes = 0;
            for (byte[] line = answer.line(); line != null; line = answer.line()) {
                if (line.length == 0) continue;
                waiting.add(new Line(System.nanoTime(), line));
                bytes += line.length;
                if (bytes < MOST_WAITING && !Chunk.maybeLast(line)) continue;
                Sample sample = readWaiting();
                if (sample != null) return sample;
                bytes = 0;
            }
            Sample sample = readWaiting();
            return sample == null ? ended(Ending.CUT, "the stream ended without [DONE]") : sample;
        }

        /** Null when the answer goes on behind these lines. */
        private Sample readWaiting() {
            for (Line line : waiting) {
                Chunk chunk = Chunk.of(line.text());
                if (!chunk.error().isEmpty()) return ended(Ending.FAILED, chunk.error());
                if (chunk.text()) arrivals.add(line.at());
                promptTokens = Math.max(promptTokens, chunk.promptTokens());
                completionTokens = Math.max(completionTokens, chunk.completionTokens());
                if (chunk.done()) return ended(Ending.DONE, "");
            }
            waiting.clear();
            return null;
        }

        Sample ended(Ending ending, String message) {
            return new Sample(ending, message, start, arrivals, promptTokens, completionTokens);
        }
    }
}
