package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.limit.CallerAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a link on somebody's behalf: what limits count by, and what is kept with the request. None of it is an
 * identity. With a key the network address is no part of it, because every user of an assistant shares the assistant's;
 * without one there is nothing else to count by.
 *
 * @param door where they came in
 * @param key digest of the action key, or the name of our own door such as {@code page}
 * @param assistant the name of the action key or of the client that was let in, which people may read; absent where it
 *     has none, and without a key
 * @param user digest of the assistant's user, where it told one
 * @param conversation digest of the conversation, where the assistant told one
 * @param address where the call comes from; absent with a key
 * @param counted whether the request was counted before, see {@link CallerBudgets}
 */
public record Caller(
        Door door,
        String key,
        @Nullable String assistant,
        @Nullable String user,
        @Nullable String conversation,
        @Nullable CallerAddress address,
        boolean counted) {

    private static final Set<Door> ASSISTANTS = EnumSet.of(Door.ACTION, Door.MCP, Door.GRANT);

    /** Through which of our doors a request came. */
    public enum Door {
        /** The pages. */
        PAGE,
        /** The assistant's action. */
        ACTION,
        /** Any assistant without a key. */
        MCP,
        /** An assistant that the owner let in. */
        GRANT,
        /** The account API. */
        ACCOUNT_API,
        /** The session-key API. */
        SESSION_KEY_API
    }

    /** An assistant with a key that has no name. */
    public Caller(String key, @Nullable String user, @Nullable String conversation) {
        this(Door.ACTION, key, null, user, conversation, null, false);
    }

    /** An assistant with a key. */
    public static Caller action(
            String key, @Nullable String assistant, @Nullable String user, @Nullable String conversation) {
        return new Caller(Door.ACTION, key, assistant, user, conversation, null, false);
    }

    /** The forms on our own pages. */
    public static Caller page(CallerAddress address) {
        return withoutKey(Door.PAGE, "page", address);
    }

    /** Sign-up and verification of the account API. */
    public static Caller accountApi(CallerAddress address) {
        return withoutKey(Door.ACCOUNT_API, "account-api", address);
    }

    /** Registration of the session-key API. */
    public static Caller sessionKeyApi(CallerAddress address) {
        return withoutKey(Door.SESSION_KEY_API, "session-key-api", address);
    }

    /** Any assistant without a key. */
    public static Caller mcp(CallerAddress address) {
        return withoutKey(Door.MCP, "mcp", address);
    }

    /**
     * An assistant that the owner let in.
     *
     * @param grant id of the grant, which is what it is counted by
     * @param client what people know it by
     */
    public static Caller grant(String grant, String client) {
        return new Caller(Door.GRANT, "grant:" + grant, client, null, null, null, false);
    }

    /** Whoever runs the service, by a command: nobody's budget is spent. */
    public static Caller operator() {
        return new Caller(Door.PAGE, "operator", null, null, null, null, true);
    }

    private static Caller withoutKey(Door door, String name, CallerAddress address) {
        return new Caller(door, name, null, null, null, address, false);
    }

    /** The same, whose request costs no budget once more. */
    public Caller countedBefore() {
        return new Caller(door, key, assistant, user, conversation, address, true);
    }

    /** Whether a link to an account may be mailed for it: none to a blocked one, and for assistants only where they may ask. */
    boolean mayAskFor(Account account) {
        return account.usable() && (account.assistants() || !ASSISTANTS.contains(door));
    }

    /** Whether it came without a key through {@code /mcp}, where nobody learns who has an account. */
    public boolean isMcp() {
        return door == Door.MCP;
    }

    /** What is more precise than the key: limited more tightly. */
    List<String> hints() {
        return Stream.of(user, conversation)
                .flatMap(Stream::ofNullable)
                .map(Objects::requireNonNull)
                .toList();
    }
}
