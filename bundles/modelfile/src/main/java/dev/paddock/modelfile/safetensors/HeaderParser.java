package dev.paddock.modelfile.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON of a header as a stream: what it keeps are the tensors, whatever the text is. One use. */
final class HeaderParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(SafetensorsLimits.HEADER_BYTES)
                    .maxNestingDepth(SafetensorsLimits.DEPTH)
                    .maxNameLength(SafetensorsLimits.NAME_LENGTH * 4)
                    .maxStringLength(SafetensorsLimits.METADATA_LENGTH)
                    .maxNumberLength(32)
                    .build())
            .build();

    private final JsonParser json;
    private final long dataStart;
    private final long dataLength;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private boolean metadataSeen;

    private HeaderParser(JsonParser json, long dataStart, long fileSize) {
        this.json = json;
        this.dataStart = dataStart;
        this.dataLength = fileSize - dataStart;
    }

    static SafetensorsFile parse(InputStream header, long dataStart, long fileSize) throws IOException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header)) {
            return new HeaderParser(json, dataStart, fileSize).parse();
        } catch (JacksonException e) {
            throw new SafetensorsException("the header is no sound JSON: " + e.getOriginalMessage(), e);
        }
    }

    private SafetensorsFile parse() throws SafetensorsException {
        expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("__metadata__")) metadata();
            else tensor(name);
        }
        if (json.nextToken() != null) throw new SafetensorsException("something follows the header's JSON");
        return new SafetensorsFile(tensors, metadata);
    }

    private void metadata() throws SafetensorsException {
        if (metadataSeen) throw new SafetensorsException("the header has two \"__metadata__\"");
        metadataSeen = true;
        expect(json.currentToken(), JsonToken.START_OBJECT, "\"__metadata__\"");
        long total = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_STRING, "a value of \"__metadata__\"");
            total += key.length() + (long) json.getString().length();
            metadata.put(key, json.getString());
            if (metadata.size() > SafetensorsLimits.METADATA_ENTRIES || total > SafetensorsLimits.METADATA_TOTAL) {
                throw new SafetensorsException("\"__metadata__\" is too large");
            }
        }
    }

    private void tensor(String name) throws SafetensorsException {
        if (name.isEmpty() || name.length() > SafetensorsLimits.NAME_LENGTH) {
            throw new SafetensorsException("a tensor's name has " + name.length() + " characters, allowed are 1 to "
                    + SafetensorsLimits.NAME_LENGTH);
        }
        if (tensors.size() == SafetensorsLimits.TENSORS) {
            throw new SafetensorsException("more than " + SafetensorsLimits.TENSORS + " tensors");
        }
        if (tensors.put(name, describe(name)) != null) {
            throw new SafetensorsException("the header has two tensors named \"" + name + "\"");
        }
    }

    private StoredTensor describe(String name) throws SafetensorsException {
        expect(json.currentToken(), JsonToken.START_OBJECT, "tensor \"" + name + "\"");
        Set<String> seen = new HashSet<>();
        Dtype dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            if (!seen.add(field)) throw new SafetensorsException("tensor \"" + name + "\" has two \"" + field + "\"");
            json.nextToken();
            switch (field) {
                case "dtype" -> dtype = dtype(name);
                case "shape" -> shape = numbers("the shape of \"" + name + "\"", SafetensorsLimits.DIMENSIONS);
                case "data_offsets" -> offsets = numbers("the offsets of \"" + name + "\"", 2);
                default ->
                    throw new SafetensorsException(
                            "tensor \"" + name + "\" has a field \"" + field + "\" that the format does not know");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new SafetensorsException(
                    "tensor \"" + name + "\" lacks one of \"dtype\", \"shape\" and two \"data_offsets\"");
        }
        return placed(name, dtype, shape, offsets);
    }

    private StoredTensor placed(String name, Dtype dtype, List<Long> shape, List<Long> offsets)
            throws SafetensorsException {
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (begin > end || end > dataLength) {
            throw new SafetensorsException("tensor \"" + name + "\" lies at bytes " + begin + " to " + end
                    + " of the data, which has " + dataLength + ": the file is cut off or damaged");
        }
        if (bytes(name, dtype, shape) != end - begin) {
            throw new SafetensorsException("tensor \"" + name + "\" of shape " + shape + " and type " + dtype + " has "
                    + (end - begin) + " bytes of data");
        }
        return new StoredTensor(name, dtype, shape, dataStart + begin, end - begin);
    }

    private static long bytes(String name, Dtype dtype, List<Long> shape) throws SafetensorsException {
        try {
            long bytes = dtype.bytes();
            for (long extent : shape) bytes = Math.multiplyExact(bytes, extent);
            return bytes;
        } catch (ArithmeticException e) {
            throw new SafetensorsException("tensor \"" + name + "\" of shape " + shape + " is larger than any file", e);
        }
    }

    private Dtype dtype(String name) throws SafetensorsException {
        expect(json.currentToken(), JsonToken.VALUE_STRING, "the type of \"" + name + "\"");
        String type = json.getString();
        return Dtype.of(type)
                .orElseThrow(() -> new SafetensorsException("tensor \"" + name + "\" is of type \""
                        + type.substring(0, Math.min(type.length(), 32)) + "\", which is not known here"));
    }

    private List<Long> numbers(String what, int most) throws SafetensorsException {
        expect(json.currentToken(), JsonToken.START_ARRAY, what);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a number in " + what);
            long number = json.getLongValue();
            if (number < 0 || numbers.size() == most) {
                throw new SafetensorsException(what + " must be at most " + most + " numbers that are not negative");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static void expect(JsonToken found, JsonToken expected, String what) throws SafetensorsException {
        if (found != expected) throw new SafetensorsException(what + " is no " + words(expected));
    }

    private static String words(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "JSON object";
            case START_ARRAY -> "list";
            case VALUE_STRING -> "text";
            default -> "whole number";
        };
    }
}
