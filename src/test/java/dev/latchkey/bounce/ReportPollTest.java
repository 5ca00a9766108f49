package dev.latchkey.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.operating.ReportMailbox;
import dev.latchkey.mail.MessageIds;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports by mail, in a mailbox on another server. */
@ParameterizedClass
@EnumSource(Database.class)
class ReportPollTest {
    private static final String LOGIN = "reports";
    private static final String PASSWORD = "p@ss word";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final GreenMailUser user;
    private final ApplicationContext context;
    private final ReportPoll poll;
    private final ReportMailbox mailbox;
    private final Account ada;

    ReportPollTest(Database database) throws UserException {
        server.start();
        user = server.getUserManager().createUser("latchkey@example.org", LOGIN, PASSWORD);
        String address =
                "imap://reports:p%40ss%20word@127.0.0.1:" + server.getImap().getPort() + "/INBOX";
        context = Contexts.shared(
                database, Map.of("test.clock", true, "latchkey.bounce-imap-url", "imap://a:b@127.0.0.1:9/INBOX"));
        poll = context.getBean(ReportPoll.class);
        mailbox = ReportMailbox.parse(address);
        ada = People.somebody(context);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void look() {
        context.getBean(MutableClock.class).advance(INTERVAL);
        poll.look(mailbox);
    }

    private String messageId(String to) {
        return context.getBean(MessageIds.class)
                .of(
                        UuidCreator.getTimeOrderedEpoch(
                                context.getBean(MutableClock.class).instant()),
                        to);
    }

    /** A sample about a mail of ours to Ada. */
    private MimeMessage sample(String name) {
        String email = ada.email().value();
        return sample(name, email, messageId(email));
    }

    private static MimeMessage sample(String name, String email, String messageId) {
        try (InputStream in = ReportPollTest.class.getResourceAsStream("/bounces/" + name + ".eml")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@email@", email)
                    .replace("@messageId@", messageId)
                    .replace("\n", "\r\n");
            return message(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage message(String text) {
        try {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Undeliverable why() {
        return context.getBean(Accounts.class).findById(ada.id()).orElseThrow().undeliverableWhy();
    }

    private int left() {
        return server.getReceivedMessages().length;
    }

    private boolean allSeen() throws MessagingException {
        for (MimeMessage message : server.getReceivedMessages()) {
            if (!message.isSet(Flags.Flag.SEEN)) {
                return false;
            }
        }
        return true;
    }

    @Test
    @DisplayName("A report of a mail of ours counts, whoever's server wrote it, and is deleted once it is stored")
    void takesReports() {
        for (String sample : List.of(
                "report-unknown",
                "report-headers-only",
                "report-vague",
                "report-vague-without-words",
                "report-no-such-domain",
                "report-disabled",
                "report-forwarded",
                "report-original-recipient")) {
            Account person = People.somebody(context);
            String email = person.email().value();
            user.deliver(sample(sample, email, messageId(email)));
            look();
            assertThat(context.getBean(Accounts.class)
                            .findById(person.id())
                            .orElseThrow()
                            .undeliverableWhy())
                    .as(sample)
                    .isEqualTo(Undeliverable.BOUNCE);
            assertThat(left()).as(sample).isZero();
        }
    }

    @Test
    @DisplayName("A complaint that a provider sends as feedback counts, one that takes it back does not")
    void takesFeedback() throws MessagingException {
        user.deliver(sample("feedback-not-spam"));
        user.deliver(sample("feedback-auth-failure"));
        look();
        assertThat(why()).isNull();
        assertThat(left()).isEqualTo(2);
        assertThat(allSeen()).isTrue();
        user.deliver(sample("feedback-abuse"));
        look();
        assertThat(why()).isEqualTo(Undeliverable.COMPLAINT);
        assertThat(left()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "What passes, what is about us, what arrived and what people write changes nothing and is left for people")
    void leavesOthersForPeople() throws MessagingException {
        List<String> others = List.of(
                "report-full",
                "report-expired",
                "report-temporary",
                "report-blocked",
                "report-vague-blocked",
                "report-delayed",
                "report-delivered",
                "report-without-mail",
                "report-cut",
                "answer");
        others.forEach(sample -> user.deliver(sample(sample)));
        user.deliver(
                message("Subject: broken\r\nContent-Type: multipart/report; report-type=\"delivery-status\r\n\r\nx"));
        user.deliver(message("Subject: empty\r\nContent-Type: multipart/report; report-type=delivery-status;"
                + " boundary=B\r\n\r\n--B--\r\n"));
        user.deliver(message("\r\n"));
        look();
        assertThat(why()).isNull();
        assertThat(left()).isEqualTo(others.size() + 3);
        assertThat(allSeen()).isTrue();
    }

    @Test
    @DisplayName("A report that a stranger made up changes nothing, however much they know")
    void refusesForgeries() throws MessagingException {
        String email = ada.email().value();
        String eve = "eve@example.org";
        for (String madeUp : List.of(
                "<" + UuidCreator.getTimeOrderedEpoch() + "@example.org>",
                "<" + UuidCreator.getTimeOrderedEpoch() + "." + "0".repeat(32) + "@example.org>",
                "<CAF=abc@mail.example.org>",
                "",
                messageId(eve))) {
            user.deliver(sample("report-unknown", email, madeUp));
            user.deliver(sample("feedback-abuse", email, madeUp));
        }
        look();
        assertThat(why()).isNull();
        assertThat(left()).isEqualTo(10);
        assertThat(allSeen()).isTrue();
    }

    @Test
    @DisplayName("A message that is larger than any report is passed over, and holds up no other")
    void boundsWhatItReads() {
        user.deliver(message("Subject: large\r\n\r\n" + ("x".repeat(998) + "\r\n").repeat(700)));
        user.deliver(sample("report-unknown"));
        look();
        assertThat(why()).isEqualTo(Undeliverable.BOUNCE);
        assertThat(left()).isEqualTo(1);
    }

    @Test
    @DisplayName("What is no message is passed over, and holds up no other")
    void passesOverWhatIsNoMessage() throws Exception {
        MimeMessage blanks = new MimeMessage(message("\r\n")) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write("\t\r\n\t\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        };
        try (ReportFolder folder = ReportFolder.open(mailbox)) {
            poll.takeIn(folder, blanks);
        }
        assertThat(blanks.isSet(Flags.Flag.SEEN)).isTrue();
    }

    @Test
    @DisplayName("Of many nodes that look at once one does, and again after a while")
    void looksOneAtATime() throws Exception {
        user.deliver(sample("report-unknown"));
        context.getBean(MutableClock.class).advance(INTERVAL);
        Race.of(8, () -> {
            poll.look(mailbox);
            return true;
        });
        assertThat(why()).isEqualTo(Undeliverable.BOUNCE);
        assertThat(left()).isZero();
        user.deliver(sample("report-unknown"));
        poll.look(mailbox);
        assertThat(left()).as("too early").isEqualTo(1);
        look();
        assertThat(left()).isZero();
    }

    @Test
    @DisplayName("A server that is away, or refuses us, is asked again the next time, with a metric in between")
    void outlivesItsServer() {
        user.deliver(sample("report-unknown"));
        ReportMailbox wrong = new ReportMailbox(false, "127.0.0.1", mailbox.port(), LOGIN, "wrong", "INBOX");
        ReportMailbox nowhere = new ReportMailbox(false, "127.0.0.1", mailbox.port(), LOGIN, PASSWORD, "Nowhere");
        ReportMailbox away = new ReportMailbox(false, "127.0.0.1", 9, LOGIN, PASSWORD, "INBOX");
        double before = failures();
        for (ReportMailbox bad : List.of(wrong, nowhere, away)) {
            context.getBean(MutableClock.class).advance(INTERVAL);
            poll.look(bad);
        }
        assertThat(failures()).isEqualTo(before + 3);
        assertThat(why()).isNull();
        look();
        assertThat(why()).isEqualTo(Undeliverable.BOUNCE);
        assertThat(failures()).isZero();
    }

    private double failures() {
        return context.getBean(MeterRegistry.class)
                .get("latchkey.mail.reports.failures")
                .gauge()
                .value();
    }
}
