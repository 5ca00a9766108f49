package dev.latchkey.api.mcp;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.oauth.Grant;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is sent along with a question and comes back with its answer, so that nothing is kept of a call between the two. It
 * passes through the client, so it is signed, ends soon, belongs to one call of one caller, and is good for one answer.
 */
@Singleton
final class RequestStates {
    /** As long as somebody takes to look up their own address. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int NONCE_BYTES = 12;
    private static final String MARK = ".";

    private final KeyedDigest key;
    private final RateLimits limits;
    private final SecureRandom random;
    private final Clock clock;

    RequestStates(ServerSecret secret, RateLimits limits, SecureRandom random, Clock clock) {
        this.key = secret.tokenMac("mcp-request-state");
        this.limits = limits;
        this.random = random;
        this.clock = clock;
    }

    /** One for a call of a tool. */
    String of(ToolCall call) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String open = clock.instant().plus(LIFETIME).getEpochSecond()
                + MARK
                + Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
        return open + MARK + signature(open, call);
    }

    /** Refuses one that is not ours, belongs to another call, or is too old. */
    void check(String state, ToolCall call) {
        int end = state.lastIndexOf(MARK);
        String open = state.substring(0, Math.max(0, end));
        byte[] given = state.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(signature(open, call).getBytes(StandardCharsets.UTF_8), given)) {
            throw refused("requestState was altered, or belongs to another call");
        }
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(open.substring(0, open.indexOf(MARK))));
        if (!expiry.isAfter(clock.instant())) {
            throw refused("requestState has expired; call the tool again without it");
        }
    }

    /** Uses one up that was checked; refuses whoever comes with it a second time, on whichever node. */
    void spend(String state) {
        if (limits.take(Budget.perHour("mcp-state", state, 1)).isPresent()) {
            throw refused("requestState was used already; call the tool again without it");
        }
    }

    private static RpcError refused(String why) {
        return RpcError.invalidParams(200, why);
    }

    private String signature(String open, ToolCall call) {
        Grant grant = call.grant();
        return key.of(String.join(
                "\0",
                open,
                String.valueOf(call.message().param("name")),
                grant == null ? "" : grant.id(),
                canonical(call.message().param("arguments"))));
    }

    /** Programs between may write the members of an object in another order. */
    private static String canonical(@Nullable Object value) {
        if (!(value instanceof JsonNode node)) {
            return value == null ? "{}" : String.valueOf(value);
        }
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>();
            node.entries().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
            return members.toString();
        }
        if (node.isArray()) {
            StringBuilder list = new StringBuilder("[");
            node.values().forEach(element -> list.append(canonical(element)).append('\n'));
            return list.append(']').toString();
        }
        return node.isString() ? '"' + node.getStringValue() + '"' : String.valueOf(node.getValue());
    }
}
