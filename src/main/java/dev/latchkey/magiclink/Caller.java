package dev.latchkey.magiclink;

import dev.latchkey.limit.CallerAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a link on somebody's behalf. All of this is for limits, none of it is an identity. With a key the network
 * address is no part of it, because every user of an assistant shares the assistant's; without one there is nothing else
 * to count by.
 *
 * @param key digest of the action key, or the name of our own door such as {@code page}
 * @param user digest of the assistant's user, where it told one
 * @param conversation digest of the conversation, where the assistant told one
 * @param address where the call comes from; absent with a key
 */
public record Caller(
        String key,
        @Nullable String user,
        @Nullable String conversation,
        @Nullable CallerAddress address) {
    /** Somebody whose request was counted before, see {@link CallerBudgets}. */
    public static final Caller COUNTED = new Caller("counted", null, null);

    private static final String MCP = "mcp";

    /** An assistant with a key. */
    public Caller(String key, @Nullable String user, @Nullable String conversation) {
        this(key, user, conversation, null);
    }

    /** The form on our own landing page. */
    public static Caller page(CallerAddress address) {
        return new Caller("page", null, null, address);
    }

    /** Sign-up and verification of the account API. */
    public static Caller accountApi(CallerAddress address) {
        return new Caller("account-api", null, null, address);
    }

    /** Registration of the session-key API. */
    public static Caller sessionKeyApi(CallerAddress address) {
        return new Caller("session-key-api", null, null, address);
    }

    /** Any assistant without a key. */
    public static Caller mcp(CallerAddress address) {
        return new Caller(MCP, null, null, address);
    }

    /** Whether it came without a key through {@code /mcp}. */
    boolean isMcp() {
        return key.equals(MCP);
    }

    /** What is more precise than the key: limited more tightly. */
    List<String> hints() {
        return Stream.of(user, conversation)
                .flatMap(Stream::ofNullable)
                .map(Objects::requireNonNull)
                .toList();
    }
}
