package dev.latchkey.magiclink;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Keyed digests of whom a link was asked for, so that addresses nobody registered are not kept in the clear. */
@Singleton
final class SubjectDigests {
    private final KeyedDigest digests;

    SubjectDigests(ServerSecret secret) {
        digests = new KeyedDigest(secret, "subject-digest");
    }

    String of(UUID accountId) {
        return digests.of("account:" + accountId);
    }

    String of(Subject subject) {
        return switch (subject) {
            case Subject.ByEmail by -> digests.of("email:" + by.email());
            case Subject.ByPin by -> digests.of("pin:" + by.pin());
        };
    }
}
