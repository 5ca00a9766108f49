package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Tier;
import dev.latchkey.contact.ContactField;
import dev.latchkey.history.Door;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.oauth.authorization.Checked;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.upgrade.ProCondition;
import dev.latchkey.session.SessionKind;
import dev.latchkey.text.Texts;
import dev.latchkey.web.edit.EditPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageTextsTest {
    /** Links that are not among those of an account, but kept with what they are about. */
    private static final Set<String> KEPT_ELSEWHERE = Set.of("undo-change", "change-email", "keep-account");

    private static final Path MAIN = Path.of("src/main");
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][a-zA-Z0-9.-]*)");
    private static final Pattern IN_CODE = Pattern.compile("\"([a-z]+(?:\\.[a-z]+)+)\"");

    private final Texts texts = new Texts("messages");

    @Test
    void hasEveryTextThatIsUsedAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        used.addAll(found(MAIN.resolve("resources/views"), IN_TEMPLATE));
        Set<String> inCode = found(MAIN.resolve("java/dev/latchkey/web"), IN_CODE);
        inCode.removeIf(text -> texts.find(Texts.FALLBACK, text) == null);
        used.addAll(inCode);
        used.addAll(chosenByValue());
        assertThat(own("messages.properties")).containsExactlyInAnyOrderElementsOf(used);
    }

    /** What a page says of dead links whose texts begin with these words. */
    private static Set<String> dead(String words, Set<Inspection.Reason> reasons) {
        Set<String> keys = new TreeSet<>(List.of(words + ".ask"));
        for (Inspection.Reason refusal : reasons) {
            String reason = words + "." + refusal.name().toLowerCase(Locale.ROOT);
            keys.add(reason + ".heading");
            keys.add(reason + ".lead");
            if (refusal != Inspection.Reason.UNKNOWN) {
                keys.add(reason + ".when");
            }
        }
        return keys;
    }

    /** Keys that a value completes, in templates and in {@link dev.latchkey.web.edit.EditPages}. */
    private static Set<String> chosenByValue() {
        Set<String> keys = new TreeSet<>();
        for (EditPage.Notice notice : EditPage.Notice.values()) {
            for (String key : Arrays.asList(notice.heading, notice.more(false), notice.more(true))) {
                if (key != null) {
                    keys.add(key);
                }
            }
        }
        keys.addAll(dead("dead", EnumSet.allOf(Inspection.Reason.class)));
        keys.addAll(dead("in.dead", EnumSet.allOf(Inspection.Reason.class)));
        keys.addAll(dead("authorize.dead", EnumSet.allOf(Inspection.Reason.class)));
        keys.add("authorize.code.ended.more");
        Stream.of("account-api", "chatgpt-action", "dev-inbox", "link-api", "mcp", "oauth", "session-key-api")
                .map(document -> "docs." + document)
                .forEach(document -> keys.addAll(List.of(document, document + ".more")));
        keys.addAll(List.of("sent.again.when", "sent.again.now", "wait.when", "wait.now"));
        for (Checked.Reason reason : Checked.Reason.values()) {
            String words = "authorize.unusable." + Pages.key(reason);
            keys.addAll(List.of(words, words + ".cause"));
        }
        keys.addAll(List.of("dead.changed", "undo.dead.changed"));
        // A change that an earlier undo took along counts as undone.
        keys.addAll(dead("undo.dead", EnumSet.complementOf(EnumSet.of(Inspection.Reason.REVOKED))));
        Stream.of("passphrase.earlier", "passphrase.none", "photo.earlier", "photo.none", "new_email.stays")
                .forEach(shape -> keys.add("undo." + shape));
        Arrays.stream(ContactField.values()).forEach(field -> keys.add("field." + field.key()));
        Stream.of("email", "new_email", "sessions", "grants", "assistants", "blocked", "unblocked", "registration")
                .forEach(field -> keys.add("field." + field));
        Stream.concat(Arrays.stream(SessionKind.values()), Arrays.stream(LinkPurpose.values()))
                .map(Pages::key)
                .filter(kind -> !KEPT_ELSEWHERE.contains(kind))
                .forEach(kind -> keys.add("sessions.kind." + kind));
        Stream.of("read", "propose").forEach(scope -> keys.add("sessions.may." + scope));
        Stream.of("one", "others", "none", "unknown").forEach(ended -> keys.add("sessions.ended." + ended));
        Arrays.stream(ProCondition.values()).forEach(condition -> keys.add("edit.tier.missing." + condition.key()));
        keys.addAll(List.of("edit.tier.missing", "edit.tier.complete"));
        Stream.of("photo", "pronouns", "nickname", "bio", "locale")
                .forEach(field -> keys.add("edit." + field + ".hint"));
        Arrays.stream(Tier.values()).forEach(tier -> keys.add("edit.tier." + Pages.key(tier)));
        Arrays.stream(ProfileField.values()).forEach(field -> keys.add("field." + field.key()));
        keys.addAll(errors());
        keys.addAll(happened());
        keys.addAll(ended("keep.dead", Inspection.Reason.EXPIRED, Inspection.Reason.USED));
        keys.addAll(ended("move.dead", Inspection.Reason.EXPIRED, Inspection.Reason.USED, Inspection.Reason.REVOKED));
        return keys;
    }

    /** What is said of links that nobody mails anew, and of unknown ones. */
    private static Set<String> ended(String words, Inspection.Reason... reasons) {
        Set<String> keys = new TreeSet<>(Set.of(words + ".ask", words + ".unknown.heading", words + ".unknown.lead"));
        for (Inspection.Reason reason : reasons) {
            Stream.of("heading", "lead", "when")
                    .forEach(text -> keys.add(words + "." + Pages.key(reason) + "." + text));
        }
        return keys;
    }

    /** What happened, through which door, and how far it has come. */
    private static Set<String> happened() {
        Set<String> keys = new TreeSet<>(Set.of("history.grants"));
        for (HistoryEntry.Kind kind : HistoryEntry.Kind.values()) {
            keys.add("history." + HistoryEntry.key(kind));
            if (kind != HistoryEntry.Kind.CHANGE && kind != HistoryEntry.Kind.UNDO) {
                keys.add("history." + HistoryEntry.key(kind) + ".used");
            }
        }
        for (LinkState state : LinkState.values()) {
            keys.add("history.state." + HistoryEntry.key(state));
        }
        for (Caller.Door door : Caller.Door.values()) {
            keys.add("history.asked." + HistoryEntry.key(door));
        }
        for (Door door : Door.values()) {
            keys.add((door == Door.LINK ? "history.asked." : "history.by.") + HistoryEntry.key(door));
        }
        return keys;
    }

    private static Set<String> errors() {
        Set<String> keys = new TreeSet<>();
        for (PhotoResult.Reason reason : PhotoResult.Reason.values()) {
            keys.add("error.photo." + Pages.key(reason));
        }
        keys.add("error.photo.too-many");
        for (ProfileField field : ProfileField.values()) {
            for (InvalidField.Reason reason : possible(field)) {
                keys.add("error." + field.key() + "." + Pages.key(reason));
            }
        }
        return keys;
    }

    private static InvalidField.Reason[] possible(ProfileField field) {
        return switch (field) {
            case BIO ->
                new InvalidField.Reason[] {InvalidField.Reason.TOO_LONG, InvalidField.Reason.CONTROL_CHARACTERS};
            case NAME, PRONOUNS ->
                new InvalidField.Reason[] {
                    InvalidField.Reason.TOO_LONG, InvalidField.Reason.CONTROL_CHARACTERS, InvalidField.Reason.INVISIBLE
                };
            case NICKNAME ->
                new InvalidField.Reason[] {
                    InvalidField.Reason.TOO_SHORT,
                    InvalidField.Reason.TOO_LONG,
                    InvalidField.Reason.ILL_FORMED,
                    InvalidField.Reason.RESERVED,
                    InvalidField.Reason.TAKEN,
                    InvalidField.Reason.UNCONFIRMED
                };
            case LOCALE ->
                new InvalidField.Reason[] {InvalidField.Reason.ILL_FORMED, InvalidField.Reason.UNKNOWN_LANGUAGE};
            case PASSPHRASE ->
                new InvalidField.Reason[] {
                    InvalidField.Reason.TOO_SHORT,
                    InvalidField.Reason.TOO_LONG,
                    InvalidField.Reason.COMMON,
                    InvalidField.Reason.SAME_AS_EMAIL,
                    InvalidField.Reason.ILL_FORMED
                };
            case PHOTO -> new InvalidField.Reason[] {};
        };
    }

    private static Set<String> found(Path folder, Pattern pattern) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(MAIN.resolve("resources/views/mail")))
                    .toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static Set<String> own(String file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(MAIN.resolve("resources/i18n").resolve(file))) {
            properties.load(reader);
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }
}
