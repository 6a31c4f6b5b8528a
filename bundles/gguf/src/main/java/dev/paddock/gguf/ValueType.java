package dev.paddock.gguf;

import java.util.Optional;

/** The types of metadata values, by their number in the file. */
public enum ValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(0),
    ARRAY(0),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private static final ValueType[] BY_ID = values();

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /** Its number in the file. */
    @SuppressWarnings("EnumOrdinal") // the format numbers them from 0 in this order
    public int id() {
        return ordinal();
    }

    /** Bytes of one value; 0 when the length varies (strings, arrays). */
    public int bytes() {
        return bytes;
    }

    /** The type with that number. */
    static Optional<ValueType> of(long id) {
        return id >= 0 && id < BY_ID.length ? Optional.of(BY_ID[(int) id]) : Optional.empty();
    }
}
