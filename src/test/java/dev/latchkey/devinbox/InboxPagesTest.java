package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.devinbox.delivery.RequestIdStamp;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxPagesTest {
    private final Client client = Client.on(Database.SQLITE.fresh(), Map.of());
    private final Api browser = Api.browser(client.server());
    private final DevMailServer mails = client.server().getApplicationContext().getBean(DevMailServer.class);

    @BeforeEach
    void empty() {
        mails.deleteAll();
    }

    @AfterAll
    void stop() {
        client.server().close();
    }

    @ParameterizedTest
    @CsvSource({
        "GRACE@, For Grace",
        "sender-ada, For Ada",
        "for ada, For Ada",
        "nanoseconds, For Grace",
        "wire  NANOseconds, For Grace"
    })
    @DisplayName("The search finds words in either address, the subject and the body, whatever their case and order")
    void searches(String words, String subject) {
        deliver("ada@example.org", "sender-ada@example.org", "For Ada", "An engine that does not exist yet.");
        deliver("grace@example.org", "sender-grace@example.org", "For Grace", "Nanoseconds of wire.");

        Document found = list("?q=" + encoded(words));

        assertThat(subjects(found)).containsExactly(subject);
        assertThat(found.select("#tally").text()).isEqualTo("1 of 2 found");
        assertThat(found.expectFirst("#q").attr("value")).isEqualTo(words);
    }

    @Test
    @DisplayName("A search that finds nothing says so, shows what was typed as text, and leads back to all mails")
    void findsNothing() {
        deliver("ada@example.org", "us@example.org", "One", "Engine");

        Document found = list("?q=" + encoded("engine <b>\"loom\""));

        assertThat(subjects(found)).isEmpty();
        assertThat(found.select("#none:not([hidden])").text()).isEqualTo("No mail has all of these words.");
        assertThat(found.expectFirst("#q").attr("value")).isEqualTo("engine <b>\"loom\"");
        assertThat(found.select("main a").eachText()).contains("Show all");
        assertThat(subjects(list("?q=%20"))).containsExactly("One");
    }

    @Test
    @DisplayName("The HTML of a mail is searched for its words, not for its tags, where it has no plain text")
    void searchesHtml() {
        deliverHtml("<html><style>p{color:teal}</style><table><p>Purple prose</p></table></html>");

        assertThat(subjects(list("?q=purple"))).hasSize(1);
        assertThat(subjects(list("?q=table"))).isEmpty();
        assertThat(subjects(list("?q=teal"))).isEmpty();
    }

    @Test
    @DisplayName("The mail of a request shows its id, its two words, what became of it, when it came and for whom")
    void tellsOfItsRequest() {
        String email =
                People.somebody(client.server().getApplicationContext()).email().value();
        Answer init = client.action("/api/update/init", Map.of("email", email));
        String link = client.mailedLink(email, "/edit/");
        client.post(
                "/api/update/save", Map.of("token", link.substring(link.lastIndexOf('/') + 1), "bio", "I was here."));

        Document list = list("?q=" + init.text("requestId"));
        Document mail = page(list.expectFirst("#mails a").attr("href"));

        assertThat(subjects(list)).containsExactly("Your profile link: " + init.text("matchPhrase"));
        assertThat(list.select("#mails li").text()).contains(email).contains("Request " + init.text("requestId"));
        assertThat(list.select("#mails time[data-local]")).hasSize(1);
        assertThat(mail.select(".facts dd").eachText())
                .contains(email, init.text("matchPhrase"), "saved: bio", init.text("requestId"));
        // The notice of the save is not to come in during the next test.
        await().until(() -> mails.messages().size() == 2);
    }

    @Test
    @DisplayName("A mail says nothing of a request where it is of none, or where a stranger wrote any id on it")
    void tellsOfNoRequest() throws MessagingException {
        deliver("ada@example.org", "us@example.org", "Of none", "1");
        assertThat(page(path()).select(".facts dt").eachText()).containsExactly("To", "From", "Received");
        MimeMessage stamped = new MimeMessage(GreenMailUtil.getSession(smtp()));
        stamped.setRecipients(Message.RecipientType.TO, "ada@example.org");
        stamped.setHeader(RequestIdStamp.HEADER, "1'; DROP TABLE accounts");
        stamped.setText("2");
        GreenMailUtil.sendMimeMessage(stamped);
        await().until(() -> mails.messages().size() == 2);

        assertThat(page(path()).select(".facts dt").eachText()).doesNotContain("Words", "State");
    }

    @ParameterizedTest
    @CsvSource({
        "text, Text",
        "html, HTML",
        "320, 320 px",
        "dark, Dark",
        "headers, Headers",
        "source, Source",
        "links, Links"
    })
    @DisplayName("Each view of a mail has an address of its own, and its link says that it is the current one")
    void showsEachView(String view, String label) {
        ask();

        Document mail = page(path() + "?view=" + view);

        assertThat(mail.select("nav [aria-current=page]").eachText()).containsExactly(label);
        assertThat(mail.select("nav[aria-label='Views of the mail'] a").eachText())
                .containsExactly("Text", "HTML", "320 px", "Dark", "Headers", "Source", "Links");
        assertThat(mail.select("main section h2").eachText()).containsExactly(label);
        assertThat(mail.select("main [role=tab]")).isEmpty();
        assertThat(mail.title()).endsWith(" – " + label + " – Dev inbox");
    }

    @Test
    @DisplayName("The views show what they are called after")
    void showsWhatItSays() {
        ask();
        String path = path();

        assertThat(page(path + "?view=text").select("pre").text()).contains("Open this link");
        assertThat(page(path + "?view=headers").select(".headers dt").eachText())
                .contains("Subject", "Auto-Submitted", "X-Latchkey-Request-Id");
        assertThat(page(path + "?view=source").select("pre").text()).contains("Auto-Submitted: auto-generated");
        assertThat(page(path).select("iframe").attr("src")).isEqualTo(path + "/html");
        assertThat(page(path + "?view=320").select("iframe.phone").attr("src")).isEqualTo(path + "/html");
        assertThat(page(path + "?view=dark").select("iframe").attr("src")).isEqualTo(path + "/html?scheme=dark");
        Document links = page(path + "?view=links");
        assertThat(links.expectFirst(".found a").attr("href")).startsWith("http://localhost/edit/");
        assertThat(links.select("main a[href*=/edit/]")).allSatisfy(link -> {
            assertThat(link.attr("target")).isEqualTo("_blank");
            assertThat(link.attr("rel")).contains("noopener");
        });
        assertThat(links.expectFirst("button[data-copies]").attr("data-copies"))
                .isEqualTo(links.expectFirst(".found a").attr("href"));
    }

    @Test
    @DisplayName("A mail without HTML opens as text, and each view of what it has not says so")
    void showsPlainMails() {
        deliver("ada@example.org", "us@example.org", "", "No link.");

        assertThat(page(path()).select("h1").text()).isEqualTo("(no subject)");
        assertThat(page(path()).select("nav [aria-current]").text()).isEqualTo("Text");
        for (String view : List.of("html", "320", "dark")) {
            assertThat(page(path() + "?view=" + view).select("section").text()).contains("This mail has no HTML.");
        }
        assertThat(page(path() + "?view=links").select("section").text()).contains("This mail has no links.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?scheme=dark"})
    @DisplayName("A mail's HTML runs nothing and loads nothing, by day and by night")
    void framesMails(String scheme) {
        ask();

        Answer html = client.get(path() + "/html" + scheme);

        assertThat(html.header("Content-Security-Policy"))
                .contains("default-src 'none'", "sandbox")
                .doesNotContain("script-src", "allow-scripts", "allow-same-origin");
        assertThat(html.text()).contains("<base target=\"_blank\">").doesNotContain("prefers-color-scheme");
    }

    @Test
    @DisplayName(
            "A view that there is not is 400 and names those there are; a mail that there is not is 404 everywhere")
    void refusesWhatIsNotThere() {
        ask();
        Answer view = client.get(path() + "?view=pdf");
        assertThat(view.status()).isEqualTo(400);
        assertThat(view.text("detail")).contains("text, html, 320, dark, headers, source, links");
        assertThat(mails.messages()).hasSize(1);
        for (String path : List.of("", "/html", "/delete")) {
            assertThat(browser.get("/dev/inbox/00000000-0000-0000-0000-000000000000" + path)
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("A mail is unread until somebody opens it; looking at the list, a HEAD, JSON and IMAP change nothing")
    void marksWhatIsUnread() throws Exception {
        String email = ask();
        String path = path();
        assertThat(client.send("HEAD", path, null).status()).isEqualTo(200);
        client.get("/dev/inbox/messages/" + path.substring(path.lastIndexOf('/') + 1));
        assertThat(list("").select("#mails li.unread")).hasSize(1);
        assertThat(list("").select("#tally").text()).isEqualTo("1 mail, 1 unread");
        assertThat(list("").select("#mails .mark:not([hidden])").text()).isEqualTo("Unread:");

        page(path + "?view=source");

        assertThat(list("").select("#mails li.unread, #mails .mark:not([hidden])"))
                .isEmpty();
        assertThat(list("").select("#tally").text()).isEqualTo("1 mail, 0 unread");
        assertThat(unseenOverImap(email)).isEqualTo(1);
    }

    @Test
    @DisplayName("All mails are marked as read at once, by a form; those that come later are unread")
    void marksAllAsRead() {
        deliver("ada@example.org", "us@example.org", "One", "1");
        deliver("ada@example.org", "us@example.org", "Two", "2");
        assertThat(list("").select("form[action=/dev/inbox/read]").attr("method"))
                .isEqualTo("post");

        assertThat(browser.form("/dev/inbox/read", Map.of()).header("Location")).isEqualTo("/dev/inbox");

        assertThat(list("").select("#mails li.unread")).isEmpty();
        deliver("ada@example.org", "us@example.org", "Three", "3");
        assertThat(list("").select("#mails li.unread").eachText())
                .singleElement()
                .asString()
                .contains("Three");
    }

    @Test
    @DisplayName("One mail is deleted after a question, the others stay; twice is no mistake")
    void deletesOne() {
        deliver("ada@example.org", "us@example.org", "Keep", "1");
        deliver("ada@example.org", "us@example.org", "Drop", "2");
        String path = list("").expectFirst("#mails a:contains(Drop)").attr("href");

        Document asked = page(page(path).select("main a:contains(Delete)").attr("href"));

        assertThat(asked.select("h1").text()).isEqualTo("Delete this mail?");
        assertThat(asked.select("main").text()).contains("Drop").contains("ada@example.org");
        assertThat(subjects(list(""))).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(browser.form(asked.expectFirst("main form").attr("action"), Map.of())
                            .status())
                    .isEqualTo(303);
        }
        assertThat(subjects(list(""))).containsExactly("Keep");
    }

    @Test
    @DisplayName("The list is not loaded anew by the browser, which would take away focus and scroll")
    void doesNotReload() {
        Answer list = browser.get("/dev/inbox");

        assertThat(list.header("Refresh")).isEmpty();
        assertThat(list.html().select("meta[http-equiv=refresh]")).isEmpty();
        assertThat(list.html().select("main a").eachText()).contains("Look again");
    }

    private String ask() {
        String email =
                People.somebody(client.server().getApplicationContext()).email().value();
        client.action("/api/update/init", Map.of("email", email));
        client.mailedLink(email, "/edit/");
        return email;
    }

    private void deliver(String to, String from, String subject, String text) {
        int before = mails.messages().size();
        GreenMailUtil.sendTextEmail(to, from, subject, text, smtp());
        await().until(() -> mails.messages().size() > before);
    }

    private void deliverHtml(String html) {
        GreenMailUtil.sendMessageBody("ada@example.org", "us@example.org", "HTML", html, "text/html", smtp());
        await().until(() -> mails.messages().size() == 1);
    }

    private long unseenOverImap(String email) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", "5000");
        properties.setProperty("mail.imap.timeout", "5000");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect(DevMailServer.HOST, mails.imapPort(), email, "anything");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return inbox.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false)).length;
            }
        }
    }

    private ServerSetup smtp() {
        return new ServerSetup(mails.smtpPort(), DevMailServer.HOST, "smtp");
    }

    /** The page of the one mail there is, or of the newest. */
    private String path() {
        return "/dev/inbox/" + mails.messages().getFirst().id();
    }

    private Document list(String query) {
        return page("/dev/inbox" + query);
    }

    private Document page(String path) {
        Answer answer = browser.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.html();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> subjects(Document list) {
        return list.select("#mails a bdi").eachText();
    }
}
