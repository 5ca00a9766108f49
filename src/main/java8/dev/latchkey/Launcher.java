package dev.latchkey;

/**
 * What the jar starts: says in one sentence which Java is needed, where the one at hand would print a stack trace.
 *
 * <p>The only class that is compiled for Java 8; it may use nothing newer, and nothing that loads {@link Application}
 * before the version is known.
 */
public final class Launcher {
    private static final int NEEDED = 25;

    private Launcher() {}

    /** Checks the version, then runs the program. */
    public static void main(String[] args) throws InterruptedException {
        String version = System.getProperty("java.specification.version");
        if (isTooOld(version)) {
            System.err.println("Latchkey needs Java " + NEEDED + " or newer, and this is Java " + version + " ("
                    + System.getProperty("java.home") + "). https://adoptium.net/temurin/releases/?version=" + NEEDED
                    + " has one.");
            System.exit(1);
        }
        Application.main(args);
    }

    /** Java 8 and what was before call themselves 1.8 and so on. */
    private static boolean isTooOld(String version) {
        return version.startsWith("1.") || Integer.parseInt(version) < NEEDED;
    }
}
