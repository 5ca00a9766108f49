package dev.latchkey.api.action;

import org.jspecify.annotations.Nullable;

/**
 * Who calls the action. A route that takes this as an argument is never entered without a valid key, however its
 * address is spelled.
 *
 * @param keyDigest of the action key
 * @param user digest of {@code openai-ephemeral-user-id}; a hint for limits, never an identity
 * @param conversation digest of {@code openai-conversation-id}; a hint likewise
 */
public record ActionCaller(
        String keyDigest, @Nullable String user, @Nullable String conversation) {}
