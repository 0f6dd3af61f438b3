package dev.hearth.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;

/** A codec of single values, made without Hibernate. */
final class ValueCodecFixture {
    static final byte[] KEY = "hearth:{values.0}:1".getBytes(UTF_8);

    final EntryCodec codec;

    private ValueCodecFixture(EntryLimits limits, Class<?>... modelClasses) {
        ModelClasses classes = new ModelClasses(Set.of(), type -> false);
        for (Class<?> type : modelClasses) {
            String refusal = classes.admit(type);
            if (refusal != null) {
                throw new IllegalArgumentException(refusal);
            }
        }
        codec = new EntryCodec(
                new Engines(), new ValueForm("value", new Shape.Anything("any value")), classes.table(), limits);
    }

    static ValueCodecFixture of(Class<?>... modelClasses) {
        return new ValueCodecFixture(EntryLimits.DEFAULTS, modelClasses);
    }

    static ValueCodecFixture with(EntryLimits limits) {
        return new ValueCodecFixture(limits);
    }

    byte[] seal(Object value) {
        try {
            return codec.seal(KEY, value);
        } catch (EncodingException e) {
            throw new AssertionError(e);
        }
    }

    Object open(byte[] bytes) throws UnreadableEntryException {
        return codec.open(KEY, bytes, 0);
    }

    Object roundTrip(Object value) {
        try {
            return open(seal(value));
        } catch (UnreadableEntryException e) {
            throw new AssertionError(e);
        }
    }

    /** Payload bytes under the right fingerprint and checksum, as only somebody with access to Redis could write them. */
    byte[] forge(byte... payload) {
        return Envelope.seal(KEY, codec.fingerprint(), payload, EntryLimits.DEFAULTS);
    }
}
