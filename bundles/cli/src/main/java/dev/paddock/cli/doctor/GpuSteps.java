package dev.paddock.cli.doctor;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the running server does with the GPU. */
final class GpuSteps {
    private static final int TOKENS = 24;
    private static final int ALL_LAYERS = 999;
    /** Two backends round differently: the first words of a greedy answer agree, its end need not. */
    private static final int NEAR_WORDS = 2;

    private final Api api;
    private final String model;
    private final Steps steps;

    GpuSteps(Api api, String model, Steps steps) {
        this.api = api;
        this.model = model;
        this.steps = steps;
    }

    void run() {
        var told = steps.need("backends", () -> api.get("/api/backends"));
        if (told.isEmpty()) return;
        var gpus = Json.maps(told.get(), "backends").stream()
                .filter(backend -> !Json.text(backend, "id").equals("cpu"))
                .toList();
        steps.check("GPU backends", !gpus.isEmpty(), gpus.isEmpty() ? "none is installed" : gpus.size() + " installed");
        gpus.forEach(this::backend);
        if (gpus.stream().noneMatch(backend -> Json.text(backend, "state").equals("usable"))) {
            steps.skip("answers on the GPU", "no GPU backend can be used");
            return;
        }
        answers();
        explained();
        steps.skip(
                "move while an answer streams",
                "not done here, as it would take a backend from the users of this server;"
                        + " paddock backend remove and install do it");
    }

    private void backend(Map<String, Object> backend) {
        String name = "backend " + Json.text(backend, "id") + " " + Json.text(backend, "version");
        if (!Json.text(backend, "state").equals("usable")) {
            var refusal = Json.map(backend, "refusal");
            String why = Json.text(backend, "state") + " " + Json.text(refusal, "reason") + ": "
                    + Json.text(refusal, "detail") + "; " + Json.text(refusal, "remedy");
            steps.fail(name + " loads", why);
            return;
        }
        steps.pass(name + " loads", "the probe says so");
        var devices = Json.maps(backend, "devices");
        if (devices.isEmpty()) steps.fail(name + " sees devices", "none");
        for (var device : devices) {
            String seen = Json.text(device, "description") + ", " + Figures.bytes(Json.number(device, "free")) + " of "
                    + Figures.bytes(Json.number(device, "total")) + " free " + Json.text(device, "driver");
            steps.check(name + " sees " + Json.text(device, "name"), Json.number(device, "total") > 0, seen);
        }
    }

    private void answers() {
        var cpu = steps.need("answer on the CPU", () -> answer(0));
        cpu.ifPresent(answer -> steps.check("answer on the CPU", !words(answer).isEmpty(), speed(answer)));
        var gpu = steps.need("answer on the GPU", () -> answer(ALL_LAYERS));
        if (gpu.isEmpty()) return;
        steps.check("answer on the GPU", !words(gpu.get()).isEmpty(), speed(gpu.get()));
        steps.need("memory of the GPU", this::onGpu)
                .ifPresent(bytes -> steps.check(
                        "memory of the GPU", bytes > 0, model + " takes " + Figures.bytes(bytes) + " of it"));
        cpu.ifPresent(one -> compared(words(one), words(gpu.get())));
    }

    private void compared(List<String> cpu, List<String> gpu) {
        int same = 0;
        while (same < cpu.size() && same < gpu.size() && cpu.get(same).equals(gpu.get(same))) same++;
        boolean equal = same == cpu.size() && same == gpu.size();
        String seen = equal ? "the answers are equal" : "the first " + same + " of " + cpu.size() + " words are equal";
        steps.check("GPU answers as the CPU", equal || same >= NEAR_WORDS, seen);
    }

    private Map<String, Object> answer(int layers) {
        var options = Map.of("num_gpu", layers, "temperature", 0, "num_predict", TOKENS, "seed", 1);
        return api.call(
                "POST",
                "/api/generate",
                Map.of("model", model, "prompt", "Who are you?", "stream", false, "options", options));
    }

    private static List<String> words(Map<String, Object> answer) {
        String text = Json.text(answer, "response").strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private static String speed(Map<String, Object> answer) {
        double seconds = Json.number(answer, "eval_duration") / 1e9;
        double rate = seconds > 0 ? Json.number(answer, "eval_count") / seconds : 0;
        return String.format(Locale.ROOT, "%d tokens, %.1f a second", Json.number(answer, "eval_count"), rate);
    }

    private long onGpu() {
        return Json.maps(api.get("/api/ps"), "models").stream()
                .filter(loaded -> Json.text(loaded, "name").startsWith(model))
                .mapToLong(loaded -> Json.number(loaded, "size_vram"))
                .max()
                .orElse(0);
    }

    private void explained() {
        steps.need("placement is explained", () -> Json.maps(api.get("/api/explain/model/" + model), "decisions"))
                .ifPresent(decisions -> steps.check(
                        "placement is explained",
                        !decisions.isEmpty(),
                        decisions.isEmpty() ? "nothing" : Json.text(decisions.getFirst(), "text")));
    }
}
