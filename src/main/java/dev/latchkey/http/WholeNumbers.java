package dev.latchkey.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Whole numbers, however they are spelt: clients whose runtime has one kind of number write {@code 3.0} or {@code 1e2}
 * (JSON Schema counts both as integers).
 */
public final class WholeNumbers {
    /** Digits, in the longest number that is read as a whole one; longer ones are nobody's. */
    static final int LONGEST = 100;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,9})?");

    private WholeNumbers() {}

    /** The number that a text in ASCII spells; empty when it spells none, a fraction, or more than a long holds. */
    public static OptionalLong parse(String text) {
        return NUMBER.matcher(text).matches()
                        && simplest(new BigDecimal(text)) instanceof BigInteger whole
                        && whole.bitLength() < Long.SIZE
                ? OptionalLong.of(whole.longValue())
                : OptionalLong.empty();
    }

    /** A {@link BigInteger} where the number is whole and of at most {@link #LONGEST} digits, else the number itself. */
    static Number simplest(BigDecimal number) {
        if (number.signum() == 0) {
            return BigInteger.ZERO;
        }
        long digits = (long) number.precision() - number.scale();
        if (digits < 1 || digits > LONGEST) {
            return number;
        }
        BigDecimal bare = number.stripTrailingZeros();
        return bare.scale() <= 0 ? bare.toBigInteger() : number;
    }
}
