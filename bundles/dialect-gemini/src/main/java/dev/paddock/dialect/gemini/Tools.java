package dev.paddock.dialect.gemini;

import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tools of a request.
 *
 * @param offered each as templates expect it
 * @param choice whether and which of them may or must be called
 */
record Tools(List<Tool> offered, ToolChoice choice) {
    /** Google's own; an empty object asks for each of them. */
    private static final List<String> NOT_HERE = List.of(
            "googleSearch",
            "googleSearchRetrieval",
            "codeExecution",
            "urlContext",
            "computerUse",
            "fileSearch",
            "googleMaps",
            "enterpriseWebSearch",
            "retrieval");

    /** The parameters of a function that takes none. */
    private static final Map<String, Object> NOTHING =
            new Reply().put("type", "object").put("properties", Map.of()).json();

    private static final String DECLARATIONS = "functionDeclarations";
    private static final String PARAMETERS = "parameters";
    private static final String JSON_SCHEMA = "parametersJsonSchema";

    /** Reads {@code tools} and {@code toolConfig}. */
    static Tools parse(Fields body) {
        List<Tool> offered = new ArrayList<>();
        for (Fields json : body.objects("tools")) {
            for (String name : NOT_HERE) if (json.value(name).isPresent()) throw json.unsupported(name);
            for (Fields declaration : json.objects(DECLARATIONS)) offered.add(tool(declaration));
        }
        ToolChoice choice = body.object("toolConfig")
                .flatMap(config -> config.object("functionCallingConfig"))
                .map(Tools::choice)
                .orElse(ToolChoice.AUTO);
        return new Tools(List.copyOf(offered), choice);
    }

    private static Tool tool(Fields json) {
        json.accept("response", "responseJsonSchema", "behavior");
        String name = json.text("name").orElse("");
        if (name.isBlank()) throw json.wrong("name", "a string that is not empty");
        var openApi = json.map(PARAMETERS).map(OpenApiSchema::toJson);
        var schema = json.map(JSON_SCHEMA).or(() -> openApi).orElse(NOTHING);
        Reply function = new Reply()
                .put("name", name)
                .some("description", json.text("description").orElse(""))
                .put("parameters", schema);
        return new Tool(
                name,
                new Reply()
                        .put("type", "function")
                        .put("function", function.json())
                        .json());
    }

    private static ToolChoice choice(Fields json) {
        List<String> names = json.texts("allowedFunctionNames");
        return switch (json.text("mode").orElse("AUTO").toUpperCase(Locale.ROOT)) {
            case "AUTO", "MODE_UNSPECIFIED" -> new ToolChoice(ToolChoice.Mode.AUTO, names, true, false);
            case "VALIDATED" -> new ToolChoice(ToolChoice.Mode.AUTO, names, true, true);
            case "ANY" -> new ToolChoice(ToolChoice.Mode.REQUIRED, names, true, false);
            case "NONE" -> ToolChoice.NONE;
            default -> throw json.wrong("mode", "AUTO, ANY, VALIDATED or NONE");
        };
    }
}
