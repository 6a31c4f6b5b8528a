package dev.paddock.gguf.random;

import dev.paddock.gguf.ValueType;
import dev.paddock.gguf.random.Anatomy.Field;
import dev.paddock.gguf.random.Anatomy.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes a header and remembers what lies where. One thread. */
final class Assembly {
    private static final int MAGIC = 0x46554747;
    /** Of a long array only some elements are remembered. */
    private static final int MOST_REMEMBERED = 8;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Field> fields = new ArrayList<>();

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    List<Field> fields() {
        return fields;
    }

    void whole(Anatomy file) {
        number(Kind.NUMBER, MAGIC, 4);
        number(Kind.COUNT, 3, 4);
        number(Kind.COUNT, file.tensors.size(), 8);
        number(Kind.COUNT, file.pairs.size(), 8);
        for (Anatomy.Pair pair : file.pairs) {
            text(pair.key());
            value(pair.value());
        }
        for (Anatomy.Tensor tensor : file.tensors) {
            text(tensor.name());
            number(Kind.COUNT, tensor.dims().length, 4);
            for (long extent : tensor.dims()) number(Kind.DIMENSION, extent, 8);
            number(Kind.TYPE, tensor.type(), 4);
            number(Kind.OFFSET, tensor.offset(), 8);
        }
    }

    private void value(Anatomy.Value value) {
        switch (value) {
            case Anatomy.Plain(ValueType type, byte[] bytes) -> {
                number(Kind.TYPE, type.id(), 4);
                bytes(Kind.NUMBER, bytes);
            }
            case Anatomy.Text(byte[] bytes) -> {
                number(Kind.TYPE, ValueType.STRING.id(), 4);
                text(bytes);
            }
            case Anatomy.Numbers numbers -> {
                array(numbers.element(), numbers.count());
                int step = Math.max(1, numbers.count() / MOST_REMEMBERED)
                        * numbers.element().bytes();
                for (int at = 0; at < numbers.bytes().length; at += step) {
                    fields.add(new Field(
                            Kind.NUMBER, out.size() + at, numbers.element().bytes()));
                }
                out.writeBytes(numbers.bytes());
            }
            case Anatomy.Texts(List<byte[]> texts) -> {
                array(ValueType.STRING, texts.size());
                int step = Math.max(1, texts.size() / MOST_REMEMBERED);
                int known = fields.size();
                for (int i = 0; i < texts.size(); i++) {
                    text(texts.get(i));
                    if (i % step != 0) fields.subList(known, fields.size()).clear();
                    known = fields.size();
                }
            }
            case Anatomy.Raw(int type, byte[] bytes) -> {
                number(Kind.TYPE, type, 4);
                bytes(Kind.NUMBER, bytes);
            }
        }
    }

    private void array(ValueType element, int count) {
        number(Kind.TYPE, ValueType.ARRAY.id(), 4);
        number(Kind.TYPE, element.id(), 4);
        number(Kind.COUNT, count, 8);
    }

    private void text(byte[] text) {
        number(Kind.LENGTH, text.length, 8);
        bytes(Kind.TEXT, text);
    }

    private void bytes(Kind kind, byte[] bytes) {
        if (bytes.length > 0) fields.add(new Field(kind, out.size(), bytes.length));
        out.writeBytes(bytes);
    }

    private void number(Kind kind, long value, int size) {
        fields.add(new Field(kind, out.size(), size));
        for (int i = 0; i < size; i++) out.write((int) (value >> 8 * i));
    }
}
