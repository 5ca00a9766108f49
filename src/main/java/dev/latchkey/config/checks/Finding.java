package dev.latchkey.config.checks;

/**
 * What was found when something was looked at.
 *
 * @param fine whether a server could work with it
 * @param text without an end, or, where it is not fine, what is wrong and the cure
 */
public record Finding(boolean fine, String text) {

    /** It can be worked with. */
    public static Finding fine(String text) {
        return new Finding(true, text);
    }

    /** It cannot. */
    public static Finding wrong(String what) {
        return new Finding(false, what);
    }
}
