package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Logprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How likely tokens were, as OpenAI and, after it, Ollama write it. */
public final class LogprobJson {
    /** OpenAI's number for a probability that is none; JSON has no infinity. */
    private static final double NEVER = -9999;

    private LogprobJson() {}

    /**
     * One object for each token: {@code token}, {@code logprob}, {@code bytes} and {@code top_logprobs}.
     *
     * @param emptyTop whether {@code top_logprobs} is there although nobody asked for it
     */
    public static List<Map<String, Object>> of(List<Logprob> logprobs, boolean emptyTop) {
        return logprobs.stream()
                .map(logprob -> {
                    var json = single(logprob);
                    if (emptyTop || !logprob.top().isEmpty()) {
                        json.put(
                                "top_logprobs",
                                logprob.top().stream().map(LogprobJson::single).toList());
                    }
                    return json;
                })
                .toList();
    }

    private static Map<String, Object> single(Logprob logprob) {
        List<Integer> bytes = new ArrayList<>();
        for (byte b : logprob.bytes()) bytes.add(b & 0xff);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", new String(logprob.bytes(), StandardCharsets.UTF_8));
        json.put("logprob", Math.max(NEVER, logprob.value()));
        json.put("bytes", bytes);
        return json;
    }
}
