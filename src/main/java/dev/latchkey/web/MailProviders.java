package dev.latchkey.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the mail of the large providers is read. Which of them a page offers depends on nothing but what its reader typed,
 * so it tells nobody which address an account has.
 */
final class MailProviders {
    /** A provider's own name, which no language translates, and the start page of its mailboxes. */
    record Provider(String name, String url) {}

    private static final Provider GMAIL = new Provider("Gmail", "https://mail.google.com/mail/");
    private static final Provider OUTLOOK = new Provider("Outlook", "https://outlook.live.com/mail/");
    private static final Provider YAHOO = new Provider("Yahoo Mail", "https://mail.yahoo.com/");

    /** Offered where it is not known whose the mailbox is. */
    private static final List<Provider> LARGEST = List.of(GMAIL, OUTLOOK, YAHOO);

    private static final Map<String, Provider> BY_DOMAIN = new HashMap<>();

    static {
        know(GMAIL, "gmail.com", "googlemail.com");
        know(
                OUTLOOK,
                "outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.com.br outlook.com.tr"
                        .split(" "));
        know(OUTLOOK, "hotmail.com hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.nl hotmail.co.uk".split(" "));
        know(OUTLOOK, "live.com live.de live.fr live.it live.nl live.co.uk msn.com".split(" "));
        know(YAHOO, "yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk yahoo.com.br ymail.com".split(" "));
        know(new Provider("Yahoo!メール", "https://mail.yahoo.co.jp/"), "yahoo.co.jp", "ymail.ne.jp");
        know(new Provider("iCloud Mail", "https://www.icloud.com/mail/"), "icloud.com", "me.com", "mac.com");
        know(new Provider("Proton Mail", "https://mail.proton.me/"), "proton.me", "protonmail.com", "pm.me");
        know(new Provider("AOL Mail", "https://mail.aol.com/"), "aol.com");
        know(new Provider("Fastmail", "https://app.fastmail.com/"), "fastmail.com", "fastmail.fm");
        know(new Provider("GMX", "https://www.gmx.net/"), "gmx.de", "gmx.net", "gmx.at", "gmx.ch");
        know(new Provider("WEB.DE", "https://web.de/"), "web.de");
        know(new Provider("T-Online", "https://email.t-online.de/"), "t-online.de");
        know(new Provider("Orange", "https://messagerie.orange.fr/"), "orange.fr", "wanadoo.fr");
        know(new Provider("Libero Mail", "https://mail.libero.it/"), "libero.it");
        know(new Provider("WP Poczta", "https://poczta.wp.pl/"), "wp.pl");
        know(new Provider("Onet Poczta", "https://poczta.onet.pl/"), "onet.pl", "op.pl", "poczta.onet.pl");
        know(new Provider("QQ邮箱", "https://mail.qq.com/"), "qq.com", "foxmail.com");
        know(new Provider("163邮箱", "https://mail.163.com/"), "163.com");
    }

    private MailProviders() {}

    private static void know(Provider provider, String... domains) {
        for (String domain : domains) {
            BY_DOMAIN.put(domain, provider);
        }
    }

    /** The one whose domain was typed; the largest ones where that is not known, or no address was typed at all. */
    static List<Provider> offered(Optional<String> domain) {
        return domain.map(BY_DOMAIN::get).map(List::of).orElse(LARGEST);
    }
}
