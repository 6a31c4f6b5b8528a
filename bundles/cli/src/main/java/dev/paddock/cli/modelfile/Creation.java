package dev.paddock.cli.modelfile;

import dev.paddock.cli.modelfile.Modelfile.Instruction;
import dev.paddock.cli.server.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Modelfile as the request that makes a model of it; local files are sent before, and named by their digests. */
public final class Creation {
    private static final Pattern SEMANTIC_VERSION =
            Pattern.compile("v?\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    private final Modelfile file;
    private final ModelFiles files;
    private final Function<Path, String> digests;
    private final Consumer<String> warnings;

    /**
     * @param directory that of the Modelfile
     * @param digests sends a file and gives its digest, {@code sha256:...}
     * @param warnings is told what the file says in vain
     */
    public Creation(Modelfile file, Path directory, Function<Path, String> digests, Consumer<String> warnings) {
        this.file = file;
        this.files = new ModelFiles(directory);
        this.digests = digests;
        this.warnings = warnings;
    }

    /**
     * The request.
     *
     * @param model the name of the model to be
     * @throws Failure when the file asks for something that is malformed or not there
     */
    public Map<String, Object> request(String model) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", model);
        addWeights(request);
        for (String key : List.of("template", "system", "renderer", "parser")) {
            if (!file.values(key).isEmpty()) request.put(key, file.last(key));
        }
        addRequires(request);
        if (!file.values("license").isEmpty()) request.put("license", file.values("license"));
        addParameters(request);
        addMessages(request);
        return request;
    }

    private void addWeights(Map<String, Object> request) {
        List<Path> weights = new ArrayList<>();
        for (String from : file.values("from")) {
            Path path = files.path(from);
            if (Files.exists(path)) weights.add(path);
            else if (looksLikePath(from))
                throw new Failure("FROM " + from + ": there is no such file; looked for " + path);
            else name(request, from);
        }
        List<Path> adapters =
                values("adapter").map(value -> existing("ADAPTER", value)).toList();
        List<Path> drafts = values("draft").map(value -> draft(value, weights)).toList();
        if (!weights.isEmpty()) request.put("files", sent(weights));
        if (!adapters.isEmpty()) request.put("adapters", sent(adapters));
        if (!drafts.isEmpty()) request.put("draft_files", sent(List.of(drafts.getLast())));
    }

    private static void name(Map<String, Object> request, String from) {
        Object other = request.put("from", from);
        if (other != null) throw new Failure("FROM " + from + ": it is made of " + other + " already");
    }

    private Stream<String> values(String command) {
        return file.values(command).stream().filter(value -> !value.isEmpty());
    }

    /** A model's name has at most one dot-free tag after it and begins with neither of these. */
    private static boolean looksLikePath(String from) {
        return from.startsWith("/")
                || from.startsWith("./")
                || from.startsWith("../")
                || from.startsWith("~")
                || from.endsWith(".gguf")
                || from.endsWith(".safetensors");
    }

    private Path existing(String command, String value) {
        Path path = files.path(value);
        if (Files.exists(path)) return path;
        throw new Failure(command + " " + value + ": there is no such file; looked for " + path);
    }

    private Path draft(String value, List<Path> weights) {
        if (file.values("from").contains(value) || weights.contains(files.path(value))) {
            throw new Failure("DRAFT must not reference the same local path as FROM: " + value);
        }
        return existing("DRAFT", value);
    }

    private Map<String, String> sent(List<Path> paths) {
        Map<String, String> names = new LinkedHashMap<>();
        files.named(paths).forEach((name, one) -> names.put(name, digests.apply(one)));
        return names;
    }

    private void addRequires(Map<String, Object> request) {
        String requires = file.last("requires");
        if (requires.isEmpty()) return;
        if (!SEMANTIC_VERSION.matcher(requires).matches()) {
            throw new Failure("requires must be a valid semver (e.g. 0.14.0)");
        }
        request.put("requires", requires);
    }

    private void addParameters(Map<String, Object> request) {
        ParameterMap parameters = new ParameterMap();
        for (Instruction instruction : file.instructions()) {
            if (!instruction.command().equals("parameter")) continue;
            String warning = parameters.set(instruction.name(), instruction.value());
            if (!warning.isEmpty()) warnings.accept(warning);
        }
        if (!parameters.values().isEmpty()) request.put("parameters", parameters.values());
    }

    private void addMessages(Map<String, Object> request) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (Instruction instruction : file.instructions()) {
            if (!instruction.command().equals("message")) continue;
            messages.add(Map.of("role", instruction.name(), "content", instruction.value()));
        }
        if (!messages.isEmpty()) request.put("messages", messages);
    }
}
