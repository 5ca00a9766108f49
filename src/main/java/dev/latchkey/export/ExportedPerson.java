package dev.latchkey.export;

import dev.latchkey.contact.Contact;
import dev.latchkey.contact.ContactField;
import dev.latchkey.membership.Consents;
import dev.latchkey.membership.leaving.Closures;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.session.Sessions;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is kept of somebody, in the words of the export; absent where there is nothing. */
final class ExportedPerson {
    private ExportedPerson() {}

    /** What the session-key API knows; absent when it knows nothing. */
    static @Nullable Map<String, @Nullable Object> contact(Contact contact) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("confirmed_at", contact.confirmedAt());
        for (ContactField field : ContactField.values()) {
            members.put(field.key(), contact.value(field));
        }
        return members.values().stream().allMatch(value -> value == null) ? null : members;
    }

    @Serdeable
    record Account(
            UUID id,
            String email,
            @Nullable Instant emailVerifiedAt,
            int pin,
            String tier,
            boolean hasPassphrase,
            boolean assistantsMayAsk,
            Instant createdAt,
            @Nullable Instant undeliverableSince,
            @Nullable String undeliverableWhy) {

        static Account of(dev.latchkey.account.Account account) {
            return new Account(
                    account.id(),
                    account.email().value(),
                    account.emailVerifiedAt(),
                    account.pin(),
                    account.tier().name(),
                    account.passphraseHash() != null,
                    account.assistants(),
                    account.createdAt(),
                    account.undeliverableSince(),
                    account.undeliverableWhy() == null ? null : ExportedHistory.key(account.undeliverableWhy()));
        }
    }

    @Serdeable
    record Profile(
            @Nullable String name,
            @Nullable String pronouns,
            @Nullable String nickname,
            @Nullable String bio,
            @Nullable String locale,
            @Nullable String photoUrl,
            long version,
            Instant updatedAt) {

        static Profile of(dev.latchkey.profile.Profile profile, PhotoUrls photos) {
            return new Profile(
                    profile.name(),
                    profile.pronouns(),
                    profile.nickname(),
                    profile.bio(),
                    profile.locale(),
                    photos.urlOrNull(profile.photoHash()),
                    profile.version(),
                    profile.updatedAt());
        }
    }

    @Serdeable
    record Consent(String termsVersion, Instant givenAt) {
        static Consent of(Consents.Consent consent) {
            return new Consent(consent.termsVersion(), consent.givenAt());
        }
    }

    @Serdeable
    record Session(
            String kind,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @Nullable String proof,
            String client,
            @Nullable String scope) {

        /** Without its id. */
        static Session of(Sessions.Session session, Set<GrantScope> allowed) {
            return new Session(
                    ExportedHistory.key(session.kind()),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.proof() == null ? null : ExportedHistory.key(session.proof()),
                    session.client(),
                    allowed.isEmpty() ? null : GrantScope.text(allowed));
        }
    }

    /** A wish to move to another address. */
    @Serdeable
    record EmailMove(
            String email,
            String state,
            Instant askedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant endedAt,
            @Nullable String leftEmail) {

        static EmailMove of(dev.latchkey.membership.moving.EmailMove move) {
            return new EmailMove(
                    move.email(),
                    ExportedHistory.key(move.state()),
                    move.askedAt(),
                    move.expiresAt(),
                    move.endedAt(),
                    move.leftEmail());
        }
    }

    /** That the account was closed, and taken back. */
    @Serdeable
    record Closing(
            Instant closedAt, Instant eraseAt, @Nullable Instant keptAt) {

        static Closing of(Closures.Closure closure) {
            return new Closing(closure.closedAt(), closure.eraseAt(), closure.keptAt());
        }
    }
}
