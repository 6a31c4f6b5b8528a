package dev.paddock.modelfile.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes small safetensors files for tests; weights by the formula that {@code make_expected.py} has, too. */
final class SafetensorsWriter {
    /** Numbers that BF16 can hold, in 32 bits. */
    static final String WIDE = "BF16 as F32";

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final List<byte[]> data = new ArrayList<>();
    private long end;

    /** A tensor of weights that its name decides about, between base - amplitude and base + amplitude. */
    SafetensorsWriter weights(String name, String dtype, List<Long> shape, double base, double amplitude) {
        int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        var bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long seed = hash(name);
        for (int i = 0; i < count; i++) {
            double unit = (mix(seed + (i + 1) * 0x9E3779B97F4A7C15L) >>> 40) / (double) (1 << 24);
            put(dtype, (float) (base + amplitude * (2 * unit - 1)), bytes);
        }
        byte[] exact = new byte[bytes.position()];
        bytes.flip().get(exact);
        return raw(name, dtype.equals(WIDE) ? "F32" : dtype, shape, exact);
    }

    /** Any tensor. */
    SafetensorsWriter raw(String name, String dtype, List<Long> shape, byte[] bytes) {
        header.put(name, Map.of("dtype", dtype, "shape", shape, "data_offsets", List.of(end, end + bytes.length)));
        data.add(bytes);
        end += bytes.length;
        return this;
    }

    void write(Path file) throws IOException {
        byte[] json = JsonMapper.shared().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            for (byte[] bytes : data) out.write(bytes);
        }
    }

    private static void put(String dtype, float number, ByteBuffer to) {
        switch (dtype) {
            case "F64" -> to.putDouble(number);
            case "F32" -> to.putFloat(number);
            case "F16" -> to.putShort(Float.floatToFloat16(number));
            case "BF16" -> to.putShort(brain(number));
            case WIDE -> to.putFloat(Float.intBitsToFloat(brain(number) << 16));
            default -> throw new IllegalArgumentException(dtype);
        }
    }

    private static short brain(float number) {
        int bits = Float.floatToRawIntBits(number);
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** FNV-1a. */
    private static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
        return hash;
    }

    /** The end of splitmix64. */
    private static long mix(long z) {
        long first = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ first >>> 27) * 0x94D049BB133111EBL;
        return second ^ second >>> 31;
    }
}
