package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.People;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where to look for a mail, and how long to wait for the next. */
class LinkPagesTest {
    private final Api browser = Site.browser();

    @ParameterizedTest
    @DisplayName("Leads to the mailbox of the provider whose address was typed")
    @CsvSource({
        "one@gmail.com, Open Gmail, https://mail.google.com/mail/",
        "two@HOTMAIL.com, Open Outlook, https://outlook.live.com/mail/",
        "three@icloud.com, Open iCloud Mail, https://www.icloud.com/mail/",
        "four@gmx.de, Open GMX, https://www.gmx.net/"
    })
    void leadsToTheMailbox(String typed, String button, String url) {
        Elements mailboxes = mailboxes(ask(typed));
        assertThat(mailboxes.eachText()).containsExactly(button);
        assertThat(mailboxes.attr("href")).isEqualTo(url);
        assertThat(mailboxes.attr("rel")).isEqualTo("noopener noreferrer");
    }

    @Test
    @DisplayName("Leads to the largest providers where nobody said whose the mailbox is, as behind a PIN")
    void offersTheLargest() {
        Account other = People.somebody(Site.context());
        Account behindAPin = new Account(
                UuidCreator.getTimeOrderedEpoch(),
                EmailAddress.parse("behind.a.pin@icloud.com").orElseThrow(),
                555_555_555,
                other.status(),
                other.tier(),
                null,
                other.createdAt(),
                other.createdAt(),
                true);
        Site.context().getBean(Accounts.class).save(behindAPin);
        for (String typed : List.of("five@example.com", "555555555")) {
            assertThat(mailboxes(ask(typed)).eachText())
                    .containsExactly("Open Gmail", "Open Outlook", "Open Yahoo Mail");
        }
    }

    @Test
    @DisplayName("Says whom the mail is from")
    void namesTheSender() {
        assertThat(ask("six@example.com").html().select(".facts div:last-child").text())
                .isEqualTo("Sender of the email Latchkey latchkey@example.org");
    }

    @Test
    @DisplayName("Says in words how long to wait before asking again, and no clock time")
    void saysHowLongToWait() {
        Answer sent = ask("seven@example.com");
        assertThat(line(sent).text()).isEqualTo("You can ask for another one in 60 seconds.");
        assertThat(line(sent).attr("data-seconds")).isEqualTo("60");
        assertThat(line(sent).attr("data-text")).isEqualTo("You can ask for another one {0}.");
        Site.clock().advance(Duration.ofSeconds(15));

        Answer early = ask("seven@example.com");
        assertThat(early.status()).isEqualTo(429);
        assertThat(line(early).text()).isEqualTo("You can ask again in 45 seconds.");
        assertThat(line(early).attr("data-seconds")).isEqualTo("45");
        assertThat(early.html().select("time")).isEmpty();
        Site.clock().advance(Duration.ofSeconds(45));

        assertThat(ask("seven@example.com").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Says it in minutes where it is long")
    void saysItInMinutes() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask("eight@example.com").status()).isEqualTo(200);
            Site.clock().advance(Duration.ofMinutes(2));
        }
        assertThat(line(ask("eight@example.com")).text()).isEqualTo("You can ask again in 50 minutes.");
    }

    private Answer ask(String typed) {
        return browser.form("/link", Map.of("identifier", typed));
    }

    private static Elements mailboxes(Answer page) {
        return page.html().select("main a[href^=https]");
    }

    private static Element line(Answer page) {
        return page.html().expectFirst("[data-seconds]");
    }
}
