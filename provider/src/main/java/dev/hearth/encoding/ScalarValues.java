package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.UUID;

/** Numbers, characters, strings and identifiers. */
final class ScalarValues {
    /* A number of a few bytes could otherwise ask for gigabytes when somebody prints it without an exponent. */
    static final int LARGEST_SCALE = 1_000_000;

    private static final int LONG_BITS = 64;

    private ScalarValues() {}

    static void register(FixedValues.Registrar registrar) {
        registrar.value(3, Boolean.class, Output::writeBoolean, Input::readBoolean);
        registrar.value(4, Byte.class, Output::writeByte, Input::readByte);
        registrar.value(5, Short.class, (out, number) -> out.writeShort(number), Input::readShort);
        registrar.value(6, Integer.class, WireOutput::writeSigned, WireInput::readSigned);
        registrar.value(7, Long.class, WireOutput::writeSigned, WireInput::readSignedLong);
        registrar.value(8, Float.class, Output::writeFloat, Input::readFloat);
        registrar.value(9, Double.class, Output::writeDouble, Input::readDouble);
        registrar.value(10, Character.class, Output::writeChar, Input::readChar);
        registrar.value(11, String.class, WireOutput::writeText, WireInput::readText);
        registrar.value(
                12,
                BigInteger.class,
                (out, number) -> out.writeCounted(number.toByteArray()),
                in -> new BigInteger(in.readCounted()));
        registrar.value(13, BigDecimal.class, ScalarValues::writeDecimal, ScalarValues::readDecimal);
        registrar.value(
                14,
                UUID.class,
                (out, uuid) -> {
                    out.writeLong(uuid.getMostSignificantBits());
                    out.writeLong(uuid.getLeastSignificantBits());
                },
                in -> new UUID(in.readLong(), in.readLong()));
        registrar.value(
                15,
                BitSet.class,
                (out, bits) -> out.writeCounted(bits.toByteArray()),
                in -> BitSet.valueOf(in.readCounted()));
    }

    /** The scale, then a zero and the unscaled value if it fits a long, otherwise its bytes. */
    private static void writeDecimal(WireOutput out, BigDecimal number) {
        out.writeSigned(checkedScale(number.scale()));
        BigInteger unscaled = number.unscaledValue();
        if (unscaled.bitLength() < LONG_BITS) {
            out.writeCount(0);
            out.writeSigned(unscaled.longValue());
        } else {
            out.writeCounted(unscaled.toByteArray());
        }
    }

    private static BigDecimal readDecimal(WireInput in) {
        int scale = checkedScale(in.readSigned());
        byte[] unscaled = in.readCounted();
        return unscaled.length == 0
                ? BigDecimal.valueOf(in.readSignedLong(), scale)
                : new BigDecimal(new BigInteger(unscaled), scale);
    }

    private static int checkedScale(int scale) {
        if (scale < -LARGEST_SCALE || scale > LARGEST_SCALE) {
            throw new KryoException("A scale of " + scale + " is beyond " + LARGEST_SCALE);
        }
        return scale;
    }
}
