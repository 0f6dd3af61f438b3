package dev.hearth.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** How values without parts of their own are written and read. Stateless, so that every Kryo instance shares it. */
final class ValueSerializer<T> extends Serializer<T> {
    private final Writer<T> writer;
    private final Reader<? extends T> reader;

    ValueSerializer(Writer<T> writer, Reader<? extends T> reader) {
        super(false, true);
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        writer.write((WireOutput) output, value);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return read((WireInput) input);
    }

    T read(WireInput in) {
        return reader.read(in);
    }

    /** Writes one value; throws {@link NotEncodable} if it could not be restored. */
    interface Writer<T> {
        void write(WireOutput out, T value);
    }

    /** Reads one value; throws any runtime exception if the bytes are not one. */
    interface Reader<T> {
        T read(WireInput in);
    }
}
