package dev.latchkey.campaign;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes bytes that are nearly right from some that are. */
record Garble(RandomGenerator chance) {
    private static final int MOST = 8;

    /** What parsers trip over: ends of ranges, signs with a meaning, what is no UTF-8. */
    private static final List<byte[]> TRAPS = List.of(
            new byte[] {0},
            new byte[] {-1},
            new byte[] {-1, -1, -1, -1},
            new byte[] {0, 0, 0, 0},
            new byte[] {0x7f, -1, -1, -1},
            new byte[] {(byte) 0x80, 0, 0, 0},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            ascii("\r\n"),
            ascii("\""),
            ascii("\\u0000"),
            ascii("\\ud800"),
            ascii("{"),
            ascii("["),
            ascii("%00"),
            ascii("%zz"),
            ascii("../"),
            ascii("1e999999999"),
            ascii("-0.0"),
            ascii("99999999999999999999"),
            ascii("&&=="),
            ascii(";"),
            ascii("--"),
            ascii("@"),
            ascii("xn--"),
            "\u202e\u200d\u0130\u00df\ufeff".getBytes(StandardCharsets.UTF_8),
            ascii("[".repeat(2_000)),
            ascii("A".repeat(20_000)));

    byte[] bytes(byte[] good) {
        byte[] made = good;
        for (int i = chance.nextInt(1, MOST); i > 0; i--) {
            made = once(made);
        }
        return made;
    }

    String text(String good) {
        return new String(bytes(good.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    <T> T any(List<T> all) {
        return all.get(chance.nextInt(all.size()));
    }

    private byte[] once(byte[] bytes) {
        int from = chance.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + chance.nextInt(1, chance.nextInt(4) == 0 ? 2_000 : 8));
        return switch (chance.nextInt(6)) {
            case 0 -> put(bytes, from, any(TRAPS), from);
            case 1 -> put(bytes, from, any(TRAPS), to);
            case 2 -> put(bytes, from, new byte[0], to);
            case 3 -> put(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
            case 4 -> chance.nextInt(4) == 0 ? Arrays.copyOf(bytes, from) : bytes;
            default -> {
                byte[] flipped = bytes.clone();
                if (from < flipped.length) {
                    flipped[from] ^= (byte) (1 << chance.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    private static byte[] put(byte[] bytes, int from, byte[] between, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
