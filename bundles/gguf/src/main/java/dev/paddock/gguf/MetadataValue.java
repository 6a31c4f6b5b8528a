package dev.paddock.gguf;

import java.util.List;

/** A metadata value with the type that it is to be written as. */
public sealed interface MetadataValue {
    /**
     * One value.
     *
     * @param type any but {@link ValueType#ARRAY}
     * @param value a {@link Number}, {@link Boolean} or {@link String} as the type says
     */
    record Scalar(ValueType type, Object value) implements MetadataValue {}

    /**
     * Values of one type.
     *
     * @param element any but {@link ValueType#ARRAY}
     */
    record Array(ValueType element, List<?> values) implements MetadataValue {
        public Array {
            values = List.copyOf(values);
        }
    }

    /** A text. */
    static MetadataValue text(String value) {
        return new Scalar(ValueType.STRING, value);
    }

    /** An unsigned 32-bit number, the usual type of counts. */
    static MetadataValue uint32(long value) {
        return new Scalar(ValueType.UINT32, value);
    }

    /** A 32-bit float. */
    static MetadataValue float32(double value) {
        return new Scalar(ValueType.FLOAT32, value);
    }

    /** Signed 32-bit numbers. */
    static MetadataValue int32s(List<? extends Number> values) {
        return new Array(ValueType.INT32, values);
    }
}
