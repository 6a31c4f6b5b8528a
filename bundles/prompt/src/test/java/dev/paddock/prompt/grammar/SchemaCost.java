package dev.paddock.prompt.grammar;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures what it takes to make a grammar of a usual schema, in processor time of the thread, so that what else runs
 * matters less. Usage: {@code SchemaCost [ROUNDS]}.
 */
final class SchemaCost {
    static final String USUAL = """
            {"type":"object","properties":{
              "id":{"type":"string","format":"uuid"},
              "created":{"type":"string","format":"date-time"},
              "title":{"type":"string","minLength":1,"maxLength":120},
              "status":{"enum":["open","closed","draft","archived"]},
              "priority":{"type":"integer","minimum":1,"maximum":5},
              "score":{"type":"number","minimum":0,"maximum":1},
              "sku":{"type":"string","pattern":"^[A-Z]{3}-\\\\d{4,6}$"},
              "tags":{"type":"array","items":{"type":"string"},"maxItems":10},
              "author":{"$ref":"#/$defs/person"},
              "reviewers":{"type":"array","items":{"$ref":"#/$defs/person"}},
              "shape":{"oneOf":[
                {"type":"object","properties":{"kind":{"const":"circle"},"radius":{"type":"number","exclusiveMinimum":0}},
                 "required":["kind","radius"]},
                {"type":"object","properties":{"kind":{"const":"box"},"width":{"type":"number"},"height":{"type":"number"}},
                 "required":["kind","width","height"]}]},
              "parent":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},
             "required":["id","title","status","author"],"additionalProperties":false,
             "$defs":{"person":{"type":"object","properties":{
               "name":{"type":"string"},"email":{"type":"string","format":"email"},"age":{"type":"integer","minimum":0,"maximum":150}},
               "required":["name"]}}}
            """;

    private SchemaCost() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        Object schema = JsonMapper.shared().readValue(USUAL, Object.class);
        List<Double> all = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < rounds; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            GbnfBuilder builder = new GbnfBuilder();
            length = builder.text(builder.schema(schema, true, "format")).length();
            all.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6);
        }
        double first = all.getFirst();
        List<Double> warm = new ArrayList<>(all.subList(rounds / 2, rounds));
        Collections.sort(warm);
        System.out.printf(
                "%d characters of grammar; first %.1f ms, then median %.2f ms, 90 %% within %.2f ms%n",
                length, first, warm.get(warm.size() / 2), warm.get(warm.size() * 9 / 10));
    }
}
