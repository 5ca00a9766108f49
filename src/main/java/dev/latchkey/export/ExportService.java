package dev.latchkey.export;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.history.Change;
import dev.latchkey.history.HistoryService;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.Profile;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Clock;
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
    private final PersonMembers people;
    private final LinkStatusService requests;
    private final HistoryService history;
    private final Photos photos;
    private final PhotoUrls photoUrls;
    private final JsonMapper json;
    private final Clock clock;

    ExportService(
            Accounts accounts,
            PersonMembers people,
            LinkStatusService requests,
            HistoryService history,
            Photos photos,
            PhotoUrls photoUrls,
            JsonMapper json,
            Clock clock) {
        this.accounts = accounts;
        this.people = people;
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
            List<JsonParts.Member> members = new ArrayList<>(List.of(exportedAt()));
            members.addAll(people.of(account, people.profileOf(account)));
            members.addAll(past(accountId));
            return new PartsStream(new JsonParts(json, members.iterator()));
        });
    }

    /** A ZIP archive with {@code profile.json}, {@code history.json} and the photo; empty as for {@link #document}. */
    public Optional<InputStream> archive(UUID accountId) {
        return usable(accountId).map(this::archive);
    }

    /** The same of an account in any state, for whoever answers for it. */
    public InputStream archive(Account account) {
        Optional<Profile> profile = people.profileOf(account);
        List<ZipParts.File> files = new ArrayList<>();
        files.add(file("profile.json", people.of(account, profile)));
        profile.map(Profile::photoHash)
                .flatMap(photos::find)
                .map(Photo::jpeg)
                .map(jpeg -> new ZipParts.File("photo.jpg", List.of(jpeg).iterator()))
                .ifPresent(files::add);
        files.add(file("history.json", past(account.id())));
        return new PartsStream(new ZipParts(files.iterator(), clock.instant()));
    }

    private Optional<Account> usable(UUID accountId) {
        return accounts.findById(accountId).filter(Account::usable);
    }

    private ZipParts.File file(String name, List<JsonParts.Member> members) {
        List<JsonParts.Member> all = new ArrayList<>(List.of(exportedAt()));
        all.addAll(members);
        return new ZipParts.File(name, new JsonParts(json, all.iterator()));
    }

    private JsonParts.Member exportedAt() {
        return JsonParts.Member.of("exportedAt", clock.instant());
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
