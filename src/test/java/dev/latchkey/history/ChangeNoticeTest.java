package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.history.ChangeNotice.Line;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import dev.latchkey.trace.Traces;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeNoticeTest {
    private final ApplicationContext context = Contexts.shared(
            Database.SQLITE,
            Map.of("test.clock", true, "latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000));
    private final ChangeNotice notices = context.getBean(ChangeNotice.class);
    private final Changes changes = context.getBean(Changes.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final Account somebody = People.somebody(context);

    @ParameterizedTest
    @CsvSource({
        "LINK, bio, changed",
        "LINK, bio email, moved",
        "LINK, bio email new_email, moving",
        "ACCOUNT_PAGE, sessions, ended",
        "ACCOUNT_PAGE, grants sessions, ended",
        "ACCOUNT_PAGE, bio sessions, changed",
        "OPERATOR, blocked, blocked",
        "OPERATOR, sessions unblocked, unblocked",
        "UNDO, bio email, undone"
    })
    void isCalledByTheWeightiestThingInIt(Door door, String keys, String wording) {
        MailContent.Message mail = mailed(change(Origin.of(door), values(keys, ""), values(keys, "new")));
        assertThat(mail.wording()).isEqualTo(wording);
        assertThat(mail.view()).isEqualTo("changed");
    }

    @Test
    void tellsWhichAssistantWasLetInAndWhatItMayDo() {
        MailContent.Message mail = mailed(change(
                new Origin(Door.ACCOUNT_PAGE, null, "client.example"),
                Map.of("grants", ""),
                Map.of("grants", "client.example", "scopes", "profile:read profile:write offline_access")));
        assertThat(mail.wording()).isEqualTo("let-in");
        assertThat(mail.model())
                .containsEntry("may", List.of("read", "write", "offline"))
                .containsEntry("who", "client.example")
                .containsEntry("lines", List.of(new Line("grants", "added")));
    }

    @Test
    void tellsWhichAssistantWasLetOut() {
        MailContent.Message mail =
                mailed(change(Origin.of(Door.ACCOUNT_PAGE), Map.of("grants", "client.example"), Map.of("grants", "")));
        assertThat(mail.wording()).isEqualTo("let-out");
        assertThat(mail.model())
                .containsEntry("may", List.of())
                .containsEntry("was_grants", "client.example")
                .containsEntry("lines", List.of(new Line("grants", "removed")));
    }

    @ParameterizedTest
    @CsvSource({
        "bio, '', New., added",
        "bio, Old., '', removed",
        "bio, Old., New., changed",
        "photo, '', a hash, new",
        "photo, a hash, another, new",
        "photo, a hash, '', gone",
        "passphrase, '', '', new"
    })
    void saysWhatBecameOfEachField(String key, String was, String is, String shape) {
        MailContent.Message mail = mailed(change(Origin.of(Door.LINK), Map.of(key, was), Map.of(key, is)));
        assertThat(mail.model()).containsEntry("lines", List.of(new Line(key, shape)));
    }

    @Test
    void showsValuesInOneLineAndLanguagesByTheirNames() {
        MailContent.Message mail = mailed(change(
                Origin.of(Door.LINK), Map.of("bio", "One\ntwo", "locale", ""), Map.of("bio", "", "locale", "pt-BR")));
        assertThat(mail.model())
                .containsEntry("was_bio", "One two")
                .containsEntry("was_locale", "")
                .containsEntry("is_locale", "Portuguese (Brazil)");
    }

    @Test
    void listsNoBlockAsAField() {
        Map<String, String> both = values("blocked sessions", "");
        MailContent.Message mail = mailed(change(Origin.of(Door.OPERATOR), both, both));
        assertThat(mail.model()).containsEntry("lines", List.of(new Line("sessions", "added")));
    }

    @Test
    void namesWhoAskedForTheLinkThatWasUsed() {
        assertThat(by(Door.LINK, asked(Caller.page(new CallerAddress("192.0.2.7"))), null))
                .containsEntry("by", List.of("link-page"))
                .containsEntry("who", "");
        assertThat(by(Door.LINK, asked(Caller.action("notice", "Support Bot", null, null)), null))
                .containsEntry("by", List.of("link-action-named"))
                .containsEntry("who", "Support Bot")
                .hasEntrySatisfying(
                        "matchPhrase", words -> assertThat(words.toString()).matches("[a-z]+ [a-z]+"));
        assertThat(by(Door.GRANT, asked(Caller.grant("notice", "client.example")), "client.example"))
                .as("a draft that was saved in the chat")
                .containsEntry("by", List.of("grant-draft"))
                .containsEntry("who", "client.example");
    }

    @Test
    void namesTheDoorOfWhatNobodyAskedALinkFor() {
        assertThat(by(Door.ACCOUNT_API, null, null))
                .containsEntry("by", List.of("account-api"))
                .containsEntry("who", "")
                .containsEntry("matchPhrase", "");
        assertThat(by(Door.GRANT, null, "client.example"))
                .containsEntry("by", List.of("grant"))
                .containsEntry("who", "client.example");
        assertThat(by(Door.LINK, UUID.randomUUID(), null))
                .as("a request that was cleaned up")
                .containsEntry("by", List.of("link"));
    }

    @Test
    void leadsToWhereTheOperatorCanBeAskedWhatTheOperatorDid() {
        assertThat(by(Door.OPERATOR, null, null)).containsEntry("link", "http://localhost/support");
        assertThat(by(Door.UNDO, null, null)).doesNotContainKey("link");
        assertThat(by(Door.ACCOUNT_PAGE, null, null))
                .hasEntrySatisfying("link", link -> assertThat(link.toString()).startsWith("http://localhost/undo/"));
    }

    @Test
    void saysHowLongItsLinkLivesAndWhoseAccountItIs() {
        assertThat(by(Door.ACCOUNT_PAGE, null, null))
                .containsEntry("lifetime", Duration.ofHours(72))
                .containsEntry("email", somebody.email().value());
    }

    @Test
    void goesToNobodyWhereNobodyWasToldAndSaysNothingOnceItsValuesAreGone() {
        Change untold = change(null, Origin.of(Door.LINK), Map.of("bio", ""), Map.of("bio", "New."));
        assertThat(notices.compose(mail(untold))).isEmpty();
        assertThat(notices.recipient(mail(untold))).isEmpty();
        Change told = change(Origin.of(Door.LINK), Map.of("bio", ""), Map.of("bio", "New."));
        assertThat(notices.recipient(mail(told))).contains(somebody.email().value());
        clock.advance(Duration.ofHours(72));
        changes.removeOld(clock.instant(), 1000);
        assertThat(notices.compose(mail(told))).isEmpty();
    }

    @Test
    void isWrittenInTheTraceOfTheRequestWhoseLinkWasUsed() {
        List<UUID> followed = new ArrayList<>();
        Traces traces = new Traces() {
            @Override
            public void follows(UUID request) {
                followed.add(request);
            }
        };
        UUID request = UUID.randomUUID();
        new ChangeNotice(
                        changes,
                        context.getBean(LinkStatusService.class),
                        context.getBean(LinkTokens.class),
                        context.getBean(PreferredLanguages.class),
                        context.getBean(BaseUrl.class),
                        context.getBean(LinkSettings.class),
                        traces)
                .compose(mail(change(Origin.link(request), Map.of("bio", ""), Map.of("bio", "New."))));
        assertThat(followed).containsExactly(request);
    }

    @Test
    void isTheMailThatTheLogPutsIntoTheOutbox() {
        Change change = change(Origin.of(Door.LINK), Map.of("bio", ""), Map.of("bio", "New."));
        assertThat(notices.names())
                .containsExactly(Sql.text(context, "SELECT kind FROM outbox WHERE about_id = '" + change.id() + "'"));
    }

    @Test
    void givesItsLinkTheWholeTimeOnlyWhereItCameLate() {
        Change change = change(Origin.of(Door.LINK), Map.of("bio", ""), Map.of("bio", "New."));
        Instant inTime = change.happenedAt().plus(Duration.ofMinutes(5));
        notices.accepted(mail(change), inTime);
        assertThat(changes.findById(change.id()).orElseThrow().undoUntil()).isEqualTo(change.undoUntil());
        notices.accepted(mail(change), inTime.plusMillis(1));
        assertThat(changes.findById(change.id()).orElseThrow().undoUntil())
                .isEqualTo(inTime.plusMillis(1).plus(Duration.ofHours(72)));
    }

    private Map<String, Object> by(Door door, @Nullable UUID request, @Nullable String client) {
        return mailed(change(new Origin(door, request, client), Map.of("bio", ""), Map.of("bio", "New.")))
                .model();
    }

    private UUID asked(Caller caller) {
        return ((Accepted) context.getBean(LinkRequestService.class)
                        .request(new Subject.ByEmail(somebody.email()), caller))
                .requestId();
    }

    private Change change(Origin origin, Map<String, String> before, Map<String, String> after) {
        return change(somebody.email(), origin, before, after);
    }

    private Change change(
            @Nullable EmailAddress told, Origin origin, Map<String, String> before, Map<String, String> after) {
        return context.getBean(RecordedChanges.class).record(somebody, told, origin, before, after);
    }

    private MailContent.Message mailed(Change change) {
        return (MailContent.Message) notices.compose(mail(change)).orElseThrow();
    }

    private static Map<String, String> values(String keys, String value) {
        return Arrays.stream(keys.split(" ")).collect(Collectors.toMap(key -> key, key -> value));
    }

    private static OutboxMessage mail(Change change) {
        return new OutboxMessage(
                UUID.randomUUID(),
                ChangeNotice.KIND,
                change.id().toString(),
                OutboxState.WAITING,
                change.happenedAt(),
                null,
                1,
                null,
                change.happenedAt());
    }
}
