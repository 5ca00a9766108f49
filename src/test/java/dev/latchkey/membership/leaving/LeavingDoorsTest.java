package dev.latchkey.membership.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.SmtpSink;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those notice who come by while somebody leaves. */
class LeavingDoorsTest {
    private static final String PASSPHRASE = "seven quiet otters";

    @Test
    @DisplayName("Where accounts are concealed a closed one answers like anybody's, and nobody is mailed")
    void concealsAClosedAccount() {
        Client api = Client.shared(Database.SQLITE, Map.of("latchkey.unknown-user", "conceal"));
        ApplicationContext context = api.server().getApplicationContext();
        Account somebody = People.somebody(context);
        close(context, somebody);
        String email = somebody.email().value();

        Answer init = api.action("/api/update/init", Map.of("email", email));
        assertThat(init.status()).isEqualTo(202);
        assertThat(api.status(init.text("requestId")).text("state")).isIn("queued", "sent");
        assertThat(api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(201);
        assertThat(api.form("/link", Map.of("identifier", email)).status()).isEqualTo(200);
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("A mail that is being sent when its account is erased leaves, and leaves nothing behind")
    void erasesWhileAMailIsUnderWay(Database database) {
        try (SmtpSink sink = SmtpSink.start();
                EmbeddedServer server = Contexts.serve(database, Map.of("latchkey.smtp.port", sink.port()))) {
            ApplicationContext context = server.getApplicationContext();
            Account somebody = People.somebody(context);
            AtomicBoolean erased = new AtomicBoolean();
            sink.on("END", text -> {
                erase(context, somebody);
                erased.set(true);
                return null;
            });
            new Api(server)
                    .action("/api/update/init", Map.of("email", somebody.email().value()));

            await().untilTrue(erased);
            await().until(() -> sink.received().size() == 1);
            assertThat(context.getBean(Accounts.class).findById(somebody.id())).isEmpty();
            sink.forget();
            Account other = People.somebody(context);
            new Api(server)
                    .action("/api/update/init", Map.of("email", other.email().value()));
            await().until(() -> sink.received().size() == 2);
            await().until(() -> Sql.count(context, "SELECT count(*) FROM outbox") == 0);
            assertThat(Sql.count(
                            context, "SELECT count(*) FROM link_requests WHERE account_id = '" + somebody.id() + "'"))
                    .isZero();
        }
    }

    @Test
    @DisplayName("Closing takes a photo out of a public bucket, and taking the account back puts it there again")
    void hidesThePhotoInAPublicBucket() {
        try (S3Server bucket = new S3Server()) {
            Map<String, Object> settings = bucket.publicBucket();
            try (EmbeddedServer server = Contexts.serve(Database.SQLITE, settings)) {
                ApplicationContext context = server.getApplicationContext();
                SignedIn me = SignedIn.somebody(server);
                me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
                String url = me.upload("PUT", "/profile/me/photo", Images.jpeg(64, 64))
                        .text("photoUrl");
                String key = url.substring(url.indexOf("photos/"));
                List<String> shown = bucket.keys(settings);
                assertThat(shown).anyMatch(object -> object.endsWith(key));

                close(context, me.account());
                List<String> hidden = bucket.keys(settings);
                assertThat(hidden).isNotEmpty().doesNotContainSequence(shown).hasSizeLessThan(shown.size());

                String linkId = Sql.text(context, "SELECT link_id FROM closures");
                context.getBean(ClosingService.class)
                        .keep(context.getBean(LinkTokens.class).mint(linkId, LinkPurpose.KEEP_ACCOUNT));
                assertThat(bucket.keys(settings)).containsExactlyInAnyOrderElementsOf(shown);
            }
        }
    }

    private static void close(ApplicationContext context, Account account) {
        assertThat(context.getBean(ClosingService.class).close(new ProofOutcome.Proven(account, null)))
                .isInstanceOf(ClosingOutcome.Closed.class);
    }

    @SuppressWarnings("unchecked") // There is one, of connections.
    private static void erase(ApplicationContext context, Account account) {
        ((TransactionOperations<Connection>) context.getBean(TransactionOperations.class))
                .executeWrite(status -> context.getBean(AccountLock.class)
                        .lock(account.id())
                        .map(context.getBean(Erasure.class)::erase));
    }
}
