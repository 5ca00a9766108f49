package dev.latchkey.export;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.contact.ContactService;
import dev.latchkey.history.Change;
import dev.latchkey.history.HistoryService;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import dev.latchkey.membership.Consents;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.PhotoUploads;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.session.Sessions;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes down all that is kept of a person. What is short is read at once; the history in parts while it is written, each
 * with a question of its own to the database. Nobody else's data is in it, and nothing that opens anything.
 */
@Singleton
public class ExportService {
    private final Accounts accounts;
    private final Profiles profiles;
    private final PhotoUploads uploads;
    private final ContactService contacts;
    private final Consents consents;
    private final Sessions sessions;
    private final LinkStatusService requests;
    private final HistoryService history;
    private final Photos photos;
    private final PhotoUrls photoUrls;
    private final JsonMapper json;
    private final Clock clock;

    ExportService(
            Accounts accounts,
            Profiles profiles,
            PhotoUploads uploads,
            ContactService contacts,
            Consents consents,
            Sessions sessions,
            LinkStatusService requests,
            HistoryService history,
            Photos photos,
            PhotoUrls photoUrls,
            JsonMapper json,
            Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.uploads = uploads;
        this.contacts = contacts;
        this.consents = consents;
        this.sessions = sessions;
        this.requests = requests;
        this.history = history;
        this.photos = photos;
        this.photoUrls = photoUrls;
        this.json = json;
        this.clock = clock;
    }

    /** One JSON document; empty when the account is gone or may not be used. */
    public Optional<InputStream> document(UUID accountId) {
        return usable(accountId).map(account -> {
            List<JsonParts.Member> members = new ArrayList<>(person(account, profiles.find(accountId)));
            members.addAll(past(accountId));
            return new PartsStream(new JsonParts(json, members.iterator()));
        });
    }

    /** A ZIP archive with {@code profile.json}, {@code history.json} and the photo; empty as for {@link #document}. */
    public Optional<InputStream> archive(UUID accountId) {
        return usable(accountId).map(account -> {
            Optional<Profile> profile = profiles.find(accountId);
            List<ZipParts.File> files = new ArrayList<>();
            files.add(file("profile.json", person(account, profile)));
            profile.map(Profile::photoHash)
                    .flatMap(photos::find)
                    .map(Photo::jpeg)
                    .map(jpeg -> new ZipParts.File("photo.jpg", List.of(jpeg).iterator()))
                    .ifPresent(files::add);
            List<JsonParts.Member> happened = new ArrayList<>(List.of(exportedAt()));
            happened.addAll(past(accountId));
            files.add(file("history.json", happened));
            return new PartsStream(new ZipParts(files.iterator(), clock.instant()));
        });
    }

    private Optional<Account> usable(UUID accountId) {
        return accounts.findById(accountId).filter(Account::usable);
    }

    private ZipParts.File file(String name, List<JsonParts.Member> members) {
        return new ZipParts.File(name, new JsonParts(json, members.iterator()));
    }

    private JsonParts.Member exportedAt() {
        return JsonParts.Member.of("exportedAt", clock.instant());
    }

    private List<JsonParts.Member> person(Account account, Optional<Profile> profile) {
        UUID id = account.id();
        Instant now = clock.instant();
        return List.of(
                exportedAt(),
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
                JsonParts.Member.of(
                        "sessions",
                        sessions.findByAccountId(id).stream()
                                .filter(session -> session.openAt(now))
                                .map(ExportedPerson.Session::of)
                                .toList()),
                JsonParts.Member.of("photoUploads", uploads.of(id)));
    }

    private List<JsonParts.Member> past(UUID accountId) {
        Iterator<? extends List<?>> asked = new Pages<Asked>(last -> requests.newestOf(
                        accountId,
                        last == null ? clock.instant().plus(Pages.AHEAD) : last.at(),
                        last == null ? Pages.LAST : last.id(),
                        Pages.ROWS))
                .map(ExportedHistory.Request::of);
        Iterator<? extends List<?>> made = new Pages<Change>(
                        last -> history.changesBefore(accountId, last == null ? Pages.LAST : last.id(), Pages.ROWS))
                .map(change -> ExportedHistory.Change.of(change, clock.instant(), photoUrls));
        return List.of(JsonParts.Member.list("requests", asked), JsonParts.Member.list("changes", made));
    }
}
