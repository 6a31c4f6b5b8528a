package dev.paddock.settings;

import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Declaration.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What our bundles declare in {@code OSGI-INF/metatype}, read anew each time: bundles come and go. */
final class Metatypes {
    private static final String OURS = "dev.paddock.";
    private static final Map<Pattern, String> UNITS = Map.of(
            Pattern.compile("(?i)\\bduration\\b"), "duration",
            Pattern.compile("(?i)\\bbytes\\b|a size like"), "bytes",
            Pattern.compile("^Tokens\\b|^Most tokens\\b"), "tokens",
            Pattern.compile("^Percent\\b"), "percent");

    private Metatypes() {}

    static Declarations of(MetaTypeService metatypes, List<Bundle> bundles) {
        SortedMap<String, SortedMap<String, Declaration>> byPid = new TreeMap<>();
        SortedMap<String, SortedMap<String, Declaration>> factories = new TreeMap<>();
        byPid.put(HttpDefaults.PID, HttpDefaults.declared());
        for (Bundle bundle : bundles) {
            String name = bundle.getSymbolicName();
            if (name == null || !name.startsWith(OURS)) continue;
            var information = metatypes.getMetaTypeInformation(bundle);
            if (information == null) continue;
            add(information, information.getPids(), byPid);
            add(information, information.getFactoryPids(), factories);
        }
        return new Declarations(byPid, factories);
    }

    private static void add(
            MetaTypeInformation information, String[] pids, SortedMap<String, SortedMap<String, Declaration>> to) {
        for (String pid : pids) {
            to.computeIfAbsent(pid, _ -> new TreeMap<>()).putAll(keys(information.getObjectClassDefinition(pid, null)));
        }
    }

    private static SortedMap<String, Declaration> keys(ObjectClassDefinition type) {
        SortedMap<String, Declaration> keys = new TreeMap<>();
        for (AttributeDefinition attribute : type.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            keys.put(attribute.getID(), declaration(attribute));
        }
        return keys;
    }

    private static Declaration declaration(AttributeDefinition attribute) {
        String description = attribute.getDescription() == null ? "" : attribute.getDescription();
        Type type = type(attribute);
        String[] options = attribute.getOptionValues();
        return new Declaration(
                attribute.getName(),
                description,
                type,
                type == Type.BOOLEAN || type == Type.LIST ? "" : unit(description),
                fallback(type, attribute.getDefaultValue()),
                options == null ? List.of() : Arrays.asList(options),
                attribute.getType() == AttributeDefinition.PASSWORD);
    }

    private static Type type(AttributeDefinition attribute) {
        if (attribute.getCardinality() != 0) return Type.LIST;
        return switch (attribute.getType()) {
            case AttributeDefinition.BOOLEAN -> Type.BOOLEAN;
            case AttributeDefinition.INTEGER -> Type.INTEGER;
            case AttributeDefinition.LONG -> Type.LONG;
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> Type.NUMBER;
            default -> Type.TEXT;
        };
    }

    private static String unit(String description) {
        return UNITS.entrySet().stream()
                .filter(unit -> unit.getKey().matcher(description).find())
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static Object fallback(Type type, String[] values) {
        String text = values == null || values.length == 0 ? "" : values[0];
        // An empty list is written as an empty text.
        if (type == Type.LIST) return text.isEmpty() ? new String[0] : values;
        return text.isEmpty() && type != Type.TEXT ? null : TypedValue.of(type, text);
    }
}
