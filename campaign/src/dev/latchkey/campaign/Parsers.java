package dev.latchkey.campaign;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Everything that reads what strangers send, without a server around it. Each takes any bytes, or refuses them as it says;
 * what it has read reads as itself again. Run for seeded bytes by {@link #main}, and by Jazzer ({@code campaign/fuzz}).
 */
public final class Parsers {

    /** Ways to say no; the last never leaves its package. */
    private static final List<String> REFUSALS = List.of("ProblemException", "ParseException", "Refusal");

    private Parsers() {}

    /** What Jazzer calls: the first byte says which parser, the rest is for it. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length > 0) {
            read(
                    Parser.values()[(input[0] & 0xff) % Parser.values().length],
                    Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static void read(Parser parser, byte[] input) throws Exception {
        try {
            parser.read(input);
        } catch (Exception e) {
            if (!REFUSALS.contains(e.getClass().getSimpleName())) {
                throw e;
            }
        }
    }

    /** So many executions for that seed; each violation is a line, and the exit code is 1 where there was one. */
    public static void main(String[] arguments) {
        Garble garble = new Garble(new Random(Long.parseLong(arguments[0])));
        int violations = 0;
        for (long left = Long.parseLong(arguments[1]); left > 0; left--) {
            Parser parser = garble.any(List.of(Parser.values()));
            byte[] input = garble.bytes(parser == Parser.IMAGE_HEAD ? garble.any(HostilePictures.SMALL) : parser.seed);
            try {
                read(parser, input);
            } catch (Throwable e) {
                violations++;
                String shown = new String(input, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", "?");
                System.out.println(parser + ": " + e + " at "
                        + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]) + " of "
                        + shown.substring(0, Math.min(shown.length(), 300)));
            }
        }
        System.exit(violations == 0 ? 0 : 1);
    }
}
