package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ready-made case 13 of the specification: create. */
@ExtendWith(SharedServer.class)
class CreateCase13Test {
    private final Server server;

    CreateCase13Test(Server server) {
        this.server = server;
    }

    @AfterEach
    void remove() throws Exception {
        for (String model : List.of("case13", "case13-child")) server.delete(model);
    }

    private List<JsonNode> create(Map<String, Object> body) throws Exception {
        var response = server.post("/api/create", Server.JSON.writeValueAsString(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().lines().map(Server.JSON::readTree).toList();
    }

    private static Map<String, Object> body(String model, String from) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("from", from);
        return body;
    }

    @Test
    void fromAnExistingModelWithSystemParametersMessagesAndLicenceAndShowPrintsThem() throws Exception {
        var body = body("case13", "starter");
        body.put("system", "Be \"brief\"\nand kind.");
        body.put("parameters", Map.of("temperature", 0.5, "stop", List.of("END"), "num_ctx", 512));
        body.put("messages", List.of(Map.of("role", "user", "content", "hi")));
        body.put("license", List.of("MIT", "Apache"));
        body.put("renderer", "some");
        body.put("requires", "0.14.0");
        var lines = create(body);
        assertThat(lines.getLast().path("status").asString()).isEqualTo("success");
        assertThat(lines).extracting(line -> line.path("status").asString()).contains("writing manifest");
        JsonNode shown = server.ask("/api/show", Map.of("model", "case13"));
        assertThat(shown.path("system").asString()).isEqualTo("Be \"brief\"\nand kind.");
        assertThat(shown.path("license").asString()).endsWith("MIT\nApache");
        assertThat(shown.path("messages").toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
        assertThat(shown.path("parameters").asString().lines())
                .contains(
                        "temperature                    0.5",
                        "stop                           \"END\"",
                        "num_ctx                        512");
        assertThat(shown.path("renderer").asString()).isEqualTo("some");
        assertThat(shown.path("requires").asString()).isEqualTo("0.14.0");
        assertThat(shown.path("details").path("parent_model").asString()).isEqualTo("starter:latest");
        assertThat(shown.path("modelfile").asString())
                .contains("SYSTEM \"\"\"Be \"brief\"\nand kind.\"\"\"\n", "PARAMETER stop END\n", "MESSAGE user hi\n");
    }

    @Test
    void parametersMerge() throws Exception {
        var first = body("case13", "starter");
        first.put("parameters", Map.of("temperature", 0.5, "num_ctx", 512));
        create(first);
        var second = body("case13-child", "case13");
        second.put("parameters", Map.of("temperature", 0.1));
        create(second);
        String parameters = server.ask("/api/show", Map.of("model", "case13-child"))
                .path("parameters")
                .asString();
        assertThat(parameters.lines())
                .contains("temperature                    0.1", "num_ctx                        512");
    }

    @Test
    void templateError400() throws Exception {
        var body = body("case13", "starter");
        body.put("template", "{{ if .Prompt }}never ends");
        var response = server.post("/api/create", Server.JSON.writeValueAsString(body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Server.JSON.readTree(response.body()).path("error").asString())
                .startsWith("template error: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quantize       | Q4_X | unsupported quantization type Q4_X - supported types are F32, F16, Q4_0
            quantize       | Q4_0 | quantization is only supported for F16, BF16 and F32 models
            quantization   | Q4_0 | quantization is only supported for F16, BF16 and F32 models
            draft_quantize | Q4_0 | --draft-quantize requires a DRAFT model
            """)
    void quantizeErrorTexts(String field, String type, String error) throws Exception {
        var body = body("case13", "starter");
        body.put(field, type);
        var response = server.post("/api/create", Server.JSON.writeValueAsString(body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Server.JSON.readTree(response.body()).path("error").asString())
                .startsWith(error);
    }

    @Test
    void blobUpload201And200And400() throws Exception {
        String content = "case 13 " + System.nanoTime();
        String digest = "sha256:"
                + HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        assertThat(server.post("/api/blobs/" + digest, content + "!").statusCode())
                .isEqualTo(400);
        assertThat(server.post("/api/blobs/" + digest, content).statusCode()).isEqualTo(201);
        assertThat(server.post("/api/blobs/" + digest, content).statusCode()).isEqualTo(200);
        assertThat(server.post("/api/blobs/sha256:123", content).statusCode()).isEqualTo(400);
        var made = server.post(
                "/api/create", "{\"model\":\"case13\",\"files\":{\"m.gguf\":\"" + digest + "\"},\"stream\":false}");
        assertThat(made.statusCode()).isEqualTo(400);
        assertThat(made.body()).contains("supplied file was not in GGUF format");
    }
}
