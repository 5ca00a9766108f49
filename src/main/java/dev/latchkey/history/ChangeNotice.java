package dev.latchkey.history;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.magiclink.Provenance;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.text.WordDifference;
import dev.latchkey.trace.Traces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The notice that something was changed, from what to what and on whose behalf, with the one link that takes it back. What
 * an operator did is not its owner's to take back: there the link leads to where the operator can be asked.
 */
@Singleton
final class ChangeNotice implements MailKind {
    static final String KIND = "changed";

    /** A notice that took longer to be accepted starts its link's lifetime anew. */
    private static final Duration LATE = Duration.ofMinutes(5);

    /** Those whose values are nobody's to read. */
    private static final Set<String> SECRET = Set.of(ChangeLog.PASSPHRASE, ChangeLog.PHOTO);

    /** Those that a mail has a name of its own for. */
    private static final Set<String> NAMED = Set.of(ChangeLog.BLOCKED, ChangeLog.UNBLOCKED);

    private final Changes changes;
    private final LinkStatusService requests;
    private final LinkTokens tokens;
    private final PreferredLanguages languages;
    private final BaseUrl baseUrl;
    private final Duration undoLifetime;
    private final Traces traces;

    ChangeNotice(
            Changes changes,
            LinkStatusService requests,
            LinkTokens tokens,
            PreferredLanguages languages,
            BaseUrl baseUrl,
            LinkSettings settings,
            Traces traces) {
        this.changes = changes;
        this.requests = requests;
        this.tokens = tokens;
        this.languages = languages;
        this.baseUrl = baseUrl;
        this.undoLifetime = settings.undoLifetime();
        this.traces = traces;
    }

    @Override
    public Set<String> names() {
        return Set.of(KIND);
    }

    @Override
    public Optional<MailContent> compose(OutboxMessage mail) {
        return changes.findById(idOf(mail)).flatMap(this::compose);
    }

    @Override
    public Optional<String> recipient(OutboxMessage mail) {
        return changes.findById(idOf(mail)).map(Change::told);
    }

    /** Empty where its values are gone: it is too late to tell of it. */
    private Optional<MailContent> compose(Change change) {
        Optional.ofNullable(change.requestId()).ifPresent(traces::follows);
        String told = change.told();
        Map<String, String> before = change.before();
        Map<String, String> after = change.after();
        if (told == null || before == null) {
            return Optional.empty();
        }
        Locale locale = languages.of(change.accountId()).orElse(Locale.ENGLISH);
        Map<String, Object> model = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        List<String> keys = change.keys();
        for (String key : keys.stream().filter(key -> !NAMED.contains(key)).toList()) {
            String was = value(before, key);
            String is = value(after, key);
            lines.add(Line.of(key, was, is));
            if (!SECRET.contains(key)) {
                WordDifference values = WordDifference.between(readable(key, was, locale), readable(key, is, locale))
                        .brief();
                model.put("was_" + key, values.before());
                model.put("is_" + key, values.after());
            }
        }
        model.put("lines", lines);
        model.put("may", allowed(after));
        model.put("at", change.happenedAt());
        model.put("email", told);
        tellWho(change, model);
        model.put("lifetime", undoLifetime);
        String undoId = change.undoId();
        if (undoId != null) {
            model.put(
                    "link",
                    baseUrl.resolve(LinkPurpose.UNDO_CHANGE.pathOf(tokens.mint(undoId, LinkPurpose.UNDO_CHANGE))));
        } else if (change.door() == Door.OPERATOR) {
            model.put("link", baseUrl.resolve("/support"));
        }
        return Optional.of(new MailContent.Message(told, locale, KIND, wording(change, keys), model, List.of()));
    }

    /** A link by whoever asked for it, every other door by itself. */
    private void tellWho(Change change, Map<String, Object> model) {
        Optional<Provenance> asked = Optional.ofNullable(change.requestId()).flatMap(requests::provenanceOf);
        String assistant = asked.map(Provenance::assistant).orElse(null);
        model.put("by", List.of(by(change.door(), asked)));
        model.put(
                "who",
                Stream.of(assistant, change.client())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""));
        model.put("matchPhrase", asked.map(Provenance::matchPhrase).orElse(""));
    }

    private static String by(Door door, Optional<Provenance> asked) {
        if (door == Door.GRANT) {
            // A draft that was saved in the chat; without a request, something else that came of the grant.
            return asked.isPresent() ? "grant-draft" : "grant";
        }
        return asked.map(request -> "link-" + key(request.door()) + (request.assistant() == null ? "" : "-named"))
                .orElse(key(door));
    }

    private static String key(Enum<?> door) {
        return door.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String value(@Nullable Map<String, String> values, String key) {
        return values == null ? "" : values.getOrDefault(key, "");
    }

    /** What an assistant that was let in may do, each by the end of its text's key: {@code profile:read} by {@code read}. */
    private static List<String> allowed(@Nullable Map<String, String> after) {
        return Stream.of(value(after, ChangeLog.SCOPES).split(" "))
                .filter(scope -> !scope.isEmpty())
                .map(scope -> scope.replace("profile:", "").replace("_access", ""))
                .toList();
    }

    /** Languages by their names, everything else in one line. */
    private static String readable(String key, String value, Locale locale) {
        return key.equals("locale") && !value.isEmpty()
                ? Locale.forLanguageTag(value).getDisplayName(locale)
                : value.replace('\n', ' ');
    }

    /** What the mail is called, by the weightiest thing in it. */
    private static String wording(Change change, List<String> keys) {
        if (change.door() == Door.UNDO) {
            return "undone";
        }
        Optional<String> named = keys.stream().filter(NAMED::contains).findFirst();
        if (named.isPresent()) {
            return named.get();
        }
        if (keys.contains(ChangeLog.NEW_EMAIL)) {
            return "moving";
        }
        if (keys.contains(ChangeLog.EMAIL)) {
            return "moved";
        }
        if (keys.equals(List.of(ChangeLog.GRANTS))) {
            return change.letIn() == null ? "let-out" : "let-in";
        }
        return Set.of(ChangeLog.SESSIONS, ChangeLog.GRANTS).containsAll(keys) ? "ended" : KIND;
    }

    @Override
    public void accepted(OutboxMessage mail, Instant at) {
        if (Duration.between(mail.createdAt(), at).compareTo(LATE) > 0) {
            changes.prolong(idOf(mail), at.plus(undoLifetime));
        }
    }

    @Override
    public void undeliverable(OutboxMessage mail, Instant at) {
        // Parked where the operator sees it; the change itself stands.
    }

    private static UUID idOf(OutboxMessage mail) {
        return UUID.fromString(mail.aboutId());
    }

    /**
     * One of the fields.
     *
     * @param shape which of old and new it shows: {@code changed}, {@code added}, {@code removed}
     */
    public record Line(String key, String shape) {
        static Line of(String key, String was, String is) {
            if (SECRET.contains(key)) {
                return new Line(key, is.isEmpty() && key.equals(ChangeLog.PHOTO) ? "gone" : "new");
            }
            if (was.isEmpty()) {
                return new Line(key, "added");
            }
            return new Line(key, is.isEmpty() ? "removed" : "changed");
        }
    }
}
