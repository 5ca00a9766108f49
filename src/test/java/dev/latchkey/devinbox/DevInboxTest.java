package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevInboxTest {
    private static final Map<String, Object> ANY_PORTS =
            Map.of("latchkey.dev-smtp-port", 0, "latchkey.dev-imap-port", 0, "latchkey.smtp.port", 0);

    private final EmbeddedServer server = Contexts.serveDev(Database.SQLITE.fresh(), ANY_PORTS);
    private final ApplicationContext context = server.getApplicationContext();
    private final Account ada = People.somebody(context);

    @BeforeAll
    void askForALink() {
        context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(ada.email()), new Caller("key", null, null));
        await().until(() -> !messages().isEmpty());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void showsTheMailAsJson() throws Exception {
        InboxMessage mail = messages().getFirst();
        assertThat(mail.to()).isEqualTo(ada.email().value());
        assertThat(mail.from()).isEqualTo("latchkey@example.org");
        assertThat(mail.subject()).matches("Your profile link: [a-z]+ [a-z]+");
        assertThat(mail.receivedAt()).isBefore(Instant.now().plusSeconds(1));
        assertThat(mail.text()).contains("The link works for one save, for 15 minutes");
        assertThat(mail.html()).contains("<html lang=\"en\"");
        assertThat(mail.links()).singleElement().asString().startsWith("http://localhost/edit/");
        String json = get("/dev/inbox/messages/" + mail.id()).text();
        assertThat(json).containsPattern("\"receivedAt\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"");
        assertThat(context.getBean(JsonMapper.class).readValue(json, InboxMessage.class))
                .isEqualTo(mail);
    }

    @Test
    void answersAProblemForAMailThatIsNotThere() throws Exception {
        Answer answer = get("/dev/inbox/messages/00000000-0000-0000-0000-000000000000");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void showsTheListAndTheMailAsPages() throws Exception {
        Document list = page("/dev/inbox");
        String path = list.select("main ol a").attr("href");
        Document mail = page(path);
        assertThat(mail.select("h1").text()).startsWith("Your profile link: ");
        assertThat(mail.select("main a.button").attr("href")).startsWith("http://localhost/edit/");
        assertThat(mail.select("main a.button").eachText()).first().asString().startsWith("Edit my profile");
        assertThat(mail.select("iframe").attr("sandbox")).doesNotContain("allow-scripts", "allow-same-origin");
        Answer html = get(mail.select("iframe").attr("src"));
        assertThat(html.text()).contains("<base target=\"_blank\">", "Edit my profile");
        assertThat(html.header("Content-Security-Policy"))
                .contains("default-src 'none'", "sandbox")
                .doesNotContain("script-src");
    }

    @Test
    void letsQaLogInOverImapWithTheAddressAndAnyPassword() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", "5000");
        properties.setProperty("mail.imap.timeout", "5000");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect(
                    "127.0.0.1",
                    context.getBean(DevMailServer.class).imapPort(),
                    ada.email().value(),
                    "anything");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                Message[] mails = inbox.getMessages();
                assertThat(mails).hasSize(1);
                assertThat(mails[0].getSubject()).startsWith("Your profile link: ");
            }
        }
    }

    @Test
    void listsNoLinksWhereThereAreNoneAndForgetsAllMailsWhenAsked() throws Exception {
        try (EmbeddedServer other = Contexts.serveDev(Database.SQLITE.fresh(), ANY_PORTS)) {
            Api inbox = new Api(other);
            int port =
                    other.getApplicationContext().getBean(DevMailServer.class).smtpPort();
            GreenMailUtil.sendTextEmail(
                    "qa@example.org",
                    "us@example.org",
                    "Plain",
                    "No link.",
                    new ServerSetup(port, "127.0.0.1", "smtp"));
            await().until(() -> inbox.get("/dev/inbox/messages").text().contains("\"links\":[]"));
            assertThat(inbox.send("DELETE", "/dev/inbox/messages", null).status())
                    .isEqualTo(204);
            assertThat(inbox.get("/dev/inbox/messages").text()).isEqualTo("[]");
        }
    }

    @Test
    void asksBeforeItDeletesAllMails() throws Exception {
        try (EmbeddedServer other = Contexts.serveDev(Database.SQLITE.fresh(), ANY_PORTS)) {
            Api inbox = new Api(other);
            int port =
                    other.getApplicationContext().getBean(DevMailServer.class).smtpPort();
            GreenMailUtil.sendTextEmail(
                    "qa@example.org",
                    "us@example.org",
                    "Plain",
                    "No link.",
                    new ServerSetup(port, "127.0.0.1", "smtp"));
            await().until(() -> inbox.get("/dev/inbox/messages").text().contains("Plain"));
            Document list = inbox.get("/dev/inbox").html();
            assertThat(list.select("main form[action*=delete]")).isEmpty();
            Answer asked = inbox.get(list.select("main a.button").attr("href"));
            assertThat(asked.html().select("h1").text()).isEqualTo("Delete all mails?");
            assertThat(messagesOf(inbox)).contains("Plain");
            Element form = Objects.requireNonNull(asked.html().selectFirst("main form"));
            assertThat(inbox.send(form.attr("method").toUpperCase(Locale.ROOT), form.attr("action"), null)
                            .status())
                    .isEqualTo(303);
            assertThat(messagesOf(inbox)).isEqualTo("[]");
        }
    }

    private static String messagesOf(Api inbox) {
        return inbox.get("/dev/inbox/messages").text();
    }

    @Test
    void saysWhichVariableToChangeWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, Object> settings = Map.of(
                    "latchkey.dev-smtp-port", taken.getLocalPort(),
                    "latchkey.dev-imap-port", 0,
                    "latchkey.smtp.port", 0);
            assertThatThrownBy(() -> Contexts.serveDev(Database.SQLITE.fresh(), settings))
                    .hasStackTraceContaining("Port " + taken.getLocalPort()
                            + " for the dev inbox is in use. Set LATCHKEY_DEV_SMTP_PORT to a free port");
        }
    }

    @Test
    void isOneLinkAwayFromEveryPage() {
        for (String path : new String[] {"/", "/docs", "/account", "/nowhere"}) {
            assertThat(Api.browser(server)
                            .get(path)
                            .html()
                            .select("aside.ribbon a")
                            .attr("href"))
                    .as(path)
                    .isEqualTo("/dev/inbox");
        }
    }

    @Test
    void isNotThereOutsideDev() throws Exception {
        try (EmbeddedServer production = Contexts.serve(Database.SQLITE, Map.of("latchkey.dev-smtp-port", 0))) {
            assertThat(Api.browser(production).get("/").html().select(".ribbon, a[href^=/dev]"))
                    .isEmpty();
            for (String path : new String[] {"/dev/inbox", "/dev/inbox/messages"}) {
                assertThat(new Api(production).get(path).status()).as(path).isEqualTo(404);
            }
            assertThat(production.getApplicationContext().containsBean(DevMailServer.class))
                    .isFalse();
        }
    }

    private List<InboxMessage> messages() throws IOException {
        List<InboxMessage> messages = context.getBean(JsonMapper.class)
                .readValue(get("/dev/inbox/messages").text(), Argument.listOf(InboxMessage.class));
        return messages == null ? List.of() : messages;
    }

    private Document page(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        return answer.html();
    }

    private Answer get(String path) {
        return new Api(server).get(path);
    }
}
