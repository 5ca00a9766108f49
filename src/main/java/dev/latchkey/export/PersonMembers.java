package dev.latchkey.export;

import dev.latchkey.account.Account;
import dev.latchkey.contact.ContactService;
import dev.latchkey.membership.Consents;
import dev.latchkey.membership.leaving.Closures;
import dev.latchkey.membership.moving.EmailMoves;
import dev.latchkey.oauth.AllowedScopes;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.PhotoUploads;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.session.Sessions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is kept of a person besides what happened: little enough to be read at once. */
@Singleton
final class PersonMembers {
    private final Profiles profiles;
    private final ContactService contacts;
    private final Consents consents;
    private final Sessions sessions;
    private final AllowedScopes allowed;
    private final EmailMoves moves;
    private final Closures closures;
    private final PhotoUploads uploads;
    private final PhotoUrls photoUrls;
    private final Clock clock;

    PersonMembers(
            Profiles profiles,
            ContactService contacts,
            Consents consents,
            Sessions sessions,
            AllowedScopes allowed,
            EmailMoves moves,
            Closures closures,
            PhotoUploads uploads,
            PhotoUrls photoUrls,
            Clock clock) {
        this.profiles = profiles;
        this.contacts = contacts;
        this.consents = consents;
        this.sessions = sessions;
        this.allowed = allowed;
        this.moves = moves;
        this.closures = closures;
        this.uploads = uploads;
        this.photoUrls = photoUrls;
        this.clock = clock;
    }

    Optional<Profile> profileOf(Account account) {
        return profiles.find(account.id());
    }

    List<JsonParts.Member> of(Account account, Optional<Profile> profile) {
        UUID id = account.id();
        return List.of(
                JsonParts.Member.of("account", ExportedPerson.Account.of(account)),
                JsonParts.Member.of(
                        "profile",
                        profile.map(own -> ExportedPerson.Profile.of(own, photoUrls))
                                .orElse(null)),
                JsonParts.Member.of("contact", ExportedPerson.contact(contacts.of(id))),
                JsonParts.Member.of(
                        "consents",
                        consents.findById(id).map(ExportedPerson.Consent::of).stream()
                                .toList()),
                JsonParts.Member.of("sessions", sessions(id)),
                JsonParts.Member.of(
                        "emailMoves",
                        moves.of(id).stream().map(ExportedPerson.EmailMove::of).toList()),
                JsonParts.Member.of(
                        "closings",
                        closures.find(id).map(ExportedPerson.Closing::of).stream()
                                .toList()),
                JsonParts.Member.of("photoUploads", uploads.of(id)));
    }

    private List<ExportedPerson.Session> sessions(UUID accountId) {
        Instant now = clock.instant();
        return sessions.findByAccountId(accountId).stream()
                .filter(session -> session.openAt(now))
                .map(session -> ExportedPerson.Session.of(session, allowed.of(session)))
                .toList();
    }
}
