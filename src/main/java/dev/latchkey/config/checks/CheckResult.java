package dev.latchkey.config.checks;

/**
 * What became of a check.
 *
 * @param passed whether a server could work with it
 * @param text without an end, or, where it did not pass, what is wrong and the cure
 */
public record CheckResult(boolean passed, String text) {

    /** It can be worked with. */
    public static CheckResult passed(String text) {
        return new CheckResult(true, text);
    }

    /** It cannot. */
    public static CheckResult failed(String what) {
        return new CheckResult(false, what);
    }
}
