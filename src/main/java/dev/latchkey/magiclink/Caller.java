package dev.latchkey.magiclink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a link on somebody's behalf. Digests only: none of them is an identity, all of them are hints for
 * limits. The network address is no part of it, because every user of an assistant shares the assistant's.
 *
 * @param key digest of the action key, or the name of our own door such as {@code page}
 * @param user digest of the assistant's user, where it told one
 * @param conversation digest of the conversation, where the assistant told one
 */
public record Caller(
        String key, @Nullable String user, @Nullable String conversation) {
    /** The form on our own landing page. */
    public static final Caller PAGE = new Caller("page", null, null);

    /** Sign-up and verification of the account API. */
    public static final Caller ACCOUNT_API = new Caller("account-api", null, null);

    /** Registration of the session-key API. */
    public static final Caller SESSION_KEY_API = new Caller("session-key-api", null, null);

    /** Any assistant without a key. */
    public static final Caller MCP = new Caller("mcp", null, null);

    /** Whether it came without a key through {@code /mcp}. */
    boolean isMcp() {
        return key.equals(MCP.key);
    }

    /** Whether it came through a door of ours that all callers share. */
    boolean isOurDoor() {
        return java.util.stream.Stream.of(PAGE, ACCOUNT_API, SESSION_KEY_API, MCP)
                .anyMatch(door -> door.key.equals(key));
    }

    /** What is more precise than the key: limited more tightly. */
    List<String> hints() {
        return java.util.stream.Stream.of(user, conversation)
                .filter(java.util.Objects::nonNull)
                .map(hint -> java.util.Objects.requireNonNull(hint))
                .toList();
    }
}
