package dev.latchkey.api.sessionkey;

/** This API's own input rule: exactly six characters. They are hashed like any passphrase. */
final class Passwords {
    private static final int LENGTH = 6;

    private Passwords() {}

    static boolean isValid(String password) {
        return password.codePointCount(0, password.length()) == LENGTH
                && password.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
