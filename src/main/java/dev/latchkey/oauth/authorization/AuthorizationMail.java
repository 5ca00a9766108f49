package dev.latchkey.oauth.authorization;

import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.MailedBeside;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which assistant the mail names, and the code in it. */
@Singleton
final class AuthorizationMail implements MailedBeside {
    private final PendingSignIns pending;
    private final TypedCodes codes;

    AuthorizationMail(PendingSignIns pending, TypedCodes codes) {
        this.pending = pending;
        this.codes = codes;
    }

    @Override
    public LinkPurpose purpose() {
        return LinkPurpose.AUTHORIZE;
    }

    @Override
    public Optional<Map<String, Object>> of(String linkId) {
        return pending.findById(linkId)
                .map(found -> Map.of(
                        "client", Objects.requireNonNullElse(found.client(), ""),
                        "asks", List.of(found.client() == null ? "device" : "host"),
                        "code", codes.readable(linkId)));
    }
}
