package dev.latchkey.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.history.HistoryService;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.mail.MailComposer;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.membership.leaving.ClosingService;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.oauth.Grants;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.session.PageSessions;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.email.BodyType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class AccountOperationsTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final ApplicationContext context;
    private final AccountOperations operations;
    private final AccountSearch search;
    private final OutboxMessages mails;
    private Account somebody;

    AccountOperationsTest(Database database) {
        context = Contexts.shared(
                database,
                Map.of(
                        "test.clock",
                        true,
                        "latchkey.links-per-minute",
                        1000,
                        "latchkey.links-per-hour",
                        1000,
                        "latchkey.webhook-url",
                        "http://127.0.0.1:9/",
                        "latchkey.webhook-secret",
                        "whsec_" + "QUFB".repeat(11)));
        operations = context.getBean(AccountOperations.class);
        search = context.getBean(AccountSearch.class);
        mails = context.getBean(OutboxMessages.class);
        somebody = People.somebody(context);
    }

    @BeforeEach
    void emptyOutbox() {
        Sql.run(context, "DELETE FROM outbox");
    }

    @Test
    @DisplayName(
            "A block ends what was open, is in the history, and is told with a link to the help page, not to an undo")
    void blocks() {
        String link = Links.fresh(context, somebody);
        LetIn assistant = LetIn.by(context, somebody);
        emptyOutbox();

        OperationOutcome.Done done = (OperationOutcome.Done) operations.block(somebody.id());

        assertThat(done.account().status()).isEqualTo(AccountStatus.BLOCKED);
        assertThat(done.account().sessions()).isZero();
        assertThat(done.account().links()).isZero();
        assertThat(context.getBean(LinkInspector.class).inspect(link, LinkPurpose.EDIT_PROFILE))
                .isInstanceOf(Inspection.Refused.class);
        assertThat(context.getBean(Grants.class).find(assistant.token())).isEmpty();
        MailContent.Message told = (MailContent.Message) told();
        assertThat(told.to()).isEqualTo(somebody.email().value());
        assertThat(told.wording()).isEqualTo("blocked");
        assertThat(told.model().get("link").toString()).endsWith("/support");
        assertThat(written(told))
                .contains("The account for " + somebody.email() + " was blocked on")
                .contains("This was done by the people who run this service.")
                .contains("Example Assistant")
                .contains("/support")
                .doesNotContain("/undo/", "It was not me");
    }

    @Test
    @DisplayName("Others are told of a block, once")
    void tellsOthers() {
        operations.block(somebody.id());
        operations.block(somebody.id());
        operations.unblock(somebody.id());
        assertThat(Sql.count(context, "SELECT count(*) FROM outbox WHERE kind = 'account.blocked'"))
                .isOne();
        assertThat(Sql.text(context, "SELECT body FROM outbox WHERE kind = 'account.blocked'"))
                .contains(somebody.id().toString(), "\"operator\"");
    }

    @Test
    @DisplayName("Blocking twice, unblocking twice and ending nothing write nothing, and say that nothing changed")
    void writesNothingTwice() {
        operations.block(somebody.id());
        emptyOutbox();
        long changes = changes();

        assertThat(operations.block(somebody.id())).isInstanceOf(OperationOutcome.Unchanged.class);
        assertThat(changes()).isEqualTo(changes);
        assertThat(waiting()).isEmpty();

        assertThat(operations.unblock(somebody.id())).isInstanceOf(OperationOutcome.Done.class);
        MailContent.Message told = (MailContent.Message) told();
        assertThat(written(told)).contains("The block of the account for " + somebody.email() + " ended on");
        emptyOutbox();
        assertThat(operations.unblock(somebody.id())).isInstanceOf(OperationOutcome.Unchanged.class);
        assertThat(operations.endSessions(somebody.id())).isInstanceOf(OperationOutcome.Unchanged.class);
        assertThat(changes()).isEqualTo(changes + 1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    @DisplayName("The owner finds both in the history, once they get in again, and nothing of it to undo")
    void isInTheHistory() {
        operations.block(somebody.id());
        operations.unblock(somebody.id());
        var entries = context.getBean(HistoryService.class)
                .page(somebody.id(), null, 9)
                .entries();
        assertThat(entries)
                .extracting(entry -> entry.door() + " " + entry.fields())
                .containsExactly("operator [unblocked]", "operator [blocked]");
        assertThat(entries).allMatch(entry -> entry.undoableUntil() == null);
    }

    @Test
    @DisplayName("Ending sessions ends tokens, keys, grants and open links, and tells so")
    @Asvs("7.4.5")
    void endsSessions() {
        String link = Links.fresh(context, somebody);
        PageSessions pages = context.getBean(PageSessions.class);
        String cookie =
                pages.openByPassphrase(withPassphrase(), "Firefox, Linux").orElseThrow();
        emptyOutbox();

        OperationOutcome.Done done = (OperationOutcome.Done) operations.endSessions(somebody.id());

        assertThat(done.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(pages.find(cookie)).isEmpty();
        assertThat(context.getBean(LinkInspector.class).inspect(link, LinkPurpose.EDIT_PROFILE))
                .isInstanceOf(Inspection.Refused.class);
        MailContent.Message told = (MailContent.Message) told();
        assertThat(told.wording()).isEqualTo("ended");
        assertThat(written(told)).contains("Firefox, Linux").doesNotContain("/undo/");
    }

    @Test
    @DisplayName("Whoever never proved the mailbox is not told, and it is in the history all the same")
    void tellsNobodyUnproved() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        operations.block(somebody.id());
        assertThat(waiting()).isEmpty();
        assertThat(changes()).isOne();
        operations.delete(somebody.id());
        assertThat(waiting()).isEmpty();
    }

    @Test
    @DisplayName("An account that its owner had closed is closed again after a block")
    void keepsAClosedAccountClosed() {
        Account owner = withPassphrase();
        close(owner);
        assertThat(status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(operations.unblock(owner.id())).isInstanceOf(OperationOutcome.Unchanged.class);
        assertThat(status()).isEqualTo(AccountStatus.CLOSED);

        operations.block(owner.id());
        assertThat(status()).isEqualTo(AccountStatus.BLOCKED);
        operations.unblock(owner.id());
        assertThat(status()).isEqualTo(AccountStatus.CLOSED);
    }

    @Test
    @DisplayName("Deleting leaves nothing but the mail that tells of it, in the owner's language; it is never parked")
    void deletes() {
        context.getBean(ProfileEdits.class)
                .save(Links.fresh(context, somebody), ProfileChange.of(Map.of(ProfileField.LOCALE, "de")));
        operations.block(somebody.id());

        OperationOutcome.Done done = (OperationOutcome.Done) operations.delete(somebody.id());

        assertThat(done.account().email()).isEqualTo(somebody.email().value());
        assertThat(Cells.all(context).stream().filter(cell -> !cell.table().equals("outbox")))
                .noneMatch(cell -> cell.value().contains(somebody.email().value())
                        || cell.value().contains(somebody.id().toString()));
        OutboxMessage mail = waiting().getFirst();
        MailContent.Message told = (MailContent.Message) told();
        assertThat(told.to()).isEqualTo(somebody.email().value());
        assertThat(written(told))
                .contains("Das Konto von " + somebody.email() + " wurde am")
                .contains("/support");
        assertThat(operations.delete(somebody.id())).isInstanceOf(OperationOutcome.NoAccount.class);
        assertThat(operations.block(somebody.id())).isInstanceOf(OperationOutcome.NoAccount.class);
        context.getBean(MailKinds.class).find(mail).orElseThrow().undeliverable(mail, mail.createdAt());
        assertThat(mails.findById(mail.id())).isEmpty();
    }

    @Test
    @DisplayName("One is found by id, address and PIN; many by the beginning of an address, newest first, page by page")
    void finds() {
        List<Account> people = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            people.addFirst(People.somebody(context));
        }
        Account one = people.get(2);
        for (String who : List.of(one.id().toString(), " " + one.email() + " ", "" + one.pin())) {
            assertThat(search.find(who)).map(AccountFacts::id).contains(one.id());
            assertThat(search.search(who, null, 9).accounts().getFirst().id()).isEqualTo(one.id());
        }
        assertThat(search.find("nobody@example.org")).isEmpty();
        assertThat(search.find("1-1-1-1-1")).isEmpty();
        assertThat(search.find("")).isEmpty();
        assertThat(search.search("nobody", null, 9)).isEqualTo(new AccountSearch.Found(List.of(), null));
        assertThat(search.search("%", null, 9).accounts()).isEmpty();
        assertThat(search.search("person_", null, 9).accounts()).isEmpty();

        AccountSearch.Found first = search.search("Person", null, 3);
        AccountSearch.Found second = search.search("person", first.next(), 3);
        assertThat(List.of(first, second)).allMatch(found -> found.next() != null);
        assertThat(List.of(first, second).stream()
                        .flatMap(found -> found.accounts().stream())
                        .limit(5)
                        .map(AccountFacts::id))
                .containsExactlyElementsOf(people.stream().map(Account::id).toList());
        context.getBean(ProfileEdits.class)
                .save(Links.fresh(context, one), ProfileChange.of(Map.of(ProfileField.NICKNAME, "nick" + one.pin())));
        AccountFacts facts =
                search.search("Nick" + one.pin(), null, 9).accounts().getFirst();
        assertThat(facts.id()).isEqualTo(one.id());
        assertThat(facts.nickname()).isEqualTo("nick" + one.pin());
        assertThat(facts.tier()).isEqualTo(Tier.FREE);
        assertThat(facts.emailVerified()).isTrue();
        assertThat(facts.lastRequestAt())
                .isEqualTo(context.getBean(MutableClock.class).instant());
    }

    @Test
    @DisplayName("The export is there for a blocked account as well")
    void exports() throws IOException {
        operations.block(somebody.id());
        List<String> files = new ArrayList<>();
        try (InputStream archive = operations.export(somebody.id()).orElseThrow();
                ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.add(entry.getName());
            }
        }
        assertThat(files).containsExactly("profile.json", "history.json");
        assertThat(operations.export(UUID.randomUUID())).isEmpty();
    }

    @Test
    @DisplayName("Of a block and many saves nothing is saved after the block, and it is told once")
    void blocksAmongSaves() throws Exception {
        for (int round = 0; round < 8; round++) {
            somebody = People.somebody(context);
            emptyOutbox();
            List<Callable<Object>> racers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ProfileChange bio = ProfileChange.of(Map.of(ProfileField.BIO, "Racer " + i));
                String token = Links.fresh(context, somebody);
                racers.add(() -> context.getBean(ProfileEdits.class).save(token, bio));
                racers.add(() -> operations.block(somebody.id()));
            }

            List<Object> outcomes = Race.of(racers);

            assertThat(outcomes)
                    .filteredOn(OperationOutcome.Done.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(OperationOutcome.Unchanged.class::isInstance)
                    .hasSize(2);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome instanceof SaveOutcome)
                    .allMatch(outcome ->
                            outcome instanceof SaveOutcome.Saved || outcome instanceof SaveOutcome.LinkRefused);
            assertThat(Sql.text(
                            context,
                            "SELECT door FROM changes WHERE account_id = '" + somebody.id()
                                    + "' ORDER BY id DESC LIMIT 1"))
                    .isEqualTo("OPERATOR");
            assertThat(search.find(somebody.id()).orElseThrow().links()).isZero();
        }
    }

    private void close(Account owner) {
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(2));
        context.getBean(ClosingService.class)
                .close(context.getBean(OwnerProofs.class).byPassphrase(owner, PASSPHRASE, CallerAddress.UNKNOWN));
    }

    private Account withPassphrase() {
        String hash = context.getBean(Passphrases.class).hash(PASSPHRASE);
        context.getBean(Accounts.class).updatePassphraseHash(somebody.id(), hash);
        return somebody.withPassphraseHash(hash);
    }

    private AccountStatus status() {
        return search.find(somebody.id()).orElseThrow().status();
    }

    private long changes() {
        return Sql.count(context, "SELECT count(*) FROM changes WHERE account_id = '" + somebody.id() + "'");
    }

    private List<OutboxMessage> waiting() {
        return mails.findWaiting(99).stream()
                .filter(mail -> mail.channel().equals(Outbox.CHANNEL))
                .toList();
    }

    private MailContent told() {
        List<OutboxMessage> waiting = waiting();
        assertThat(waiting).hasSize(1);
        return context.getBean(MailKinds.class).compose(waiting.getFirst()).orElseThrow();
    }

    private String written(MailContent.Message message) {
        return context.getBean(MailComposer.class)
                .compose(UUID.randomUUID(), message)
                .orElseThrow()
                .email()
                .getBody()
                .get(BodyType.TEXT)
                .orElseThrow();
    }
}
