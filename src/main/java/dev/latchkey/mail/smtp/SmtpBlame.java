package dev.latchkey.mail.smtp;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a mail server minds when it does not take a mail.
 *
 * <p>Where it is us, who send it, every mail would fare alike, and giving them up would lose everybody's. The enhanced
 * status code decides by its subject and detail (RFC 3463 section 3, the registry of RFC 5248, RFC 7372 for
 * authentication, RFC 7504 and 7505); where it is missing or vague, the reply code (RFC 5321 section 4.2.3) and the words
 * do. Decision 8 has the table and what providers say.
 */
public enum SmtpBlame {
    /** This recipient or this message; others may fare better. */
    MAIL,
    /** Us: our quota, our sender, our standing. The mail is as good as any other. */
    SENDER,
    /** Whoever comes, before anything of a mail was said: it is left alone for a while. */
    SERVER;

    /** Authentication required, failed, too weak, or only under encryption (RFC 4954 section 6). */
    private static final Set<Integer> AUTHENTICATION = Set.of(530, 534, 535, 538);

    /** Unavailable, busy, full, out of step, or taking no mail at all: nothing that a recipient could be blamed for. */
    private static final Set<Integer> ABOUT_THE_SERVER =
            Set.of(421, 432, 451, 452, 454, 455, 500, 502, 503, 504, 521, 555);

    private static final Pattern ABOUT_THE_SENDER = Pattern.compile(
            "(?i)\\b(relay\\w*|authenticat\\w*|credentials?|authori[sz]ed|permission\\w*|sendas\\w*|send as|helo"
                    + "|sender\\w*|sending|from address|mail from|verified identit\\w*|not verified|outbound\\w*"
                    + "|(daily|hourly|sending|message|email|mail|submission|rate|per hour|per day) ?(limit|quota)s?"
                    + "|(limit|quota|max emails)\\w* (was |is |has been |per \\w+ )*(exceeded|reached)|exceeded the max"
                    + "|credits|throttl\\w*|too many (messages|mails|emails)|suspended|paused"
                    + "|spf|dkim|dmarc|reverse dns|ptr|dnsbl|rbl|spamhaus|(black|block|deny) ?list\\w*|blocked using"
                    + "|reputation|spam\\w*|polic\\w+)\\b");

    /** Right after the reply code, or somewhere in the text as older servers write it: {@code (#5.7.1)}. */
    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\.?\\d)");

    private static final String NONE = "0.0.0";

    /** What a code means by its subject and detail. */
    private record Row(Pattern code, @Nullable SmtpBlame blame) {
        static Row of(String code, @Nullable SmtpBlame blame) {
            return new Row(Pattern.compile(code), blame);
        }
    }

    /** The words decide. */
    private static final @Nullable SmtpBlame WORDS = null;

    /** The first row that fits decides. */
    private static final List<Row> TABLE = List.of(
            // No code at all
            Row.of("0\\..*", WORDS),
            // The sender's address; Microsoft's daily number of recipients
            Row.of("1\\.(7|8|90)", SENDER),
            // SendAsDenied of Microsoft
            Row.of("2\\.252", SENDER),
            // The mail system: full, misconfigured
            Row.of("3\\.0", WORDS),
            Row.of("3\\..*", SENDER),
            // Congestion, which is how Gmail calls the daily limit
            Row.of("4\\.5", SENDER),
            // A routing loop, whose number Zoho's "unusual sending activity" has
            Row.of("4\\.6", WORDS),
            // The protocol; servers that do not know a mailbox say some of these of RCPT as well
            Row.of("5\\.[024]", WORDS),
            Row.of("5\\..*", SENDER),
            // The mailbox or its domain has another owner (RFC 7293)
            Row.of("7\\.(17|18)", MAIL),
            Row.of("7\\..*", SENDER),
            // Vague, or no registry's number but some provider's own
            Row.of(".*\\.(0|3[1-9]|[4-9]\\d|\\d{3})", WORDS),
            Row.of(".*", MAIL));

    /** Whom a reply to RCPT, DATA or the message is about. */
    public static SmtpBlame of(int code, String text) {
        if (AUTHENTICATION.contains(code)) {
            return SERVER;
        }
        String subjectAndDetail = enhancedStatus(text).substring(2);
        for (Row row : TABLE) {
            if (row.code().matcher(subjectAndDetail).matches()) {
                return row.blame() == null ? byWords(code, text) : row.blame();
            }
        }
        return MAIL;
    }

    /**
     * The enhanced status code in a reply (RFC 3463), such as {@code 5.4.5}: class, subject and detail; all zero where
     * there is none.
     */
    static String enhancedStatus(String reply) {
        Matcher found = ENHANCED.matcher(reply);
        return found.find() ? found.group(1) + "." + number(found, 2) + "." + number(found, 3) : NONE;
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static SmtpBlame byWords(int code, String text) {
        return ABOUT_THE_SERVER.contains(code) || ABOUT_THE_SENDER.matcher(text).find() ? SENDER : MAIL;
    }
}
