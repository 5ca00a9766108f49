package dev.latchkey.mail.smtp;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from a reply to RCPT, DATA or the message whether the server minds this mail or us, who send it. Where it is us,
 * every mail would fare alike, and giving them up would lose everybody's.
 *
 * <p>The enhanced status code decides by its subject and detail (RFC 3463 section 3, the registry of RFC 5248, RFC 7372
 * for authentication, RFC 7504 and 7505); where it is missing or vague, the reply code (RFC 5321 section 4.2.3) and the
 * words do. Decision 8 has the table and what providers say.
 */
final class SmtpBlames {
    private static final int ADDRESSING = 1;
    private static final int MAILBOX = 2;
    private static final int MAIL_SYSTEM = 3;
    private static final int NETWORK = 4;
    private static final int PROTOCOL = 5;
    private static final int POLICY = 7;

    /** Details above are no registry's, but some provider's own. */
    private static final int REGISTERED = 30;

    /** Authentication required, failed, too weak, or only under encryption (RFC 4954 section 6). */
    private static final Set<Integer> AUTHENTICATION = Set.of(530, 534, 535, 538);

    /** Unavailable, busy, full, out of step, or taking no mail at all: nothing that a recipient could be blamed for. */
    private static final Set<Integer> ABOUT_THE_SERVER =
            Set.of(421, 432, 451, 452, 454, 455, 500, 502, 503, 504, 521, 555);

    /** 1.7 and 1.8 of the registry: the sender's address. 1.90: Microsoft's daily number of recipients. */
    private static final Set<Integer> SENDER_ADDRESSING = Set.of(7, 8, 90);

    /** SendAsDenied of Microsoft. */
    private static final Set<Integer> SENDER_MAILBOX = Set.of(252);

    /** Congestion, which is how Gmail calls the daily limit. */
    private static final Set<Integer> SENDER_NETWORK = Set.of(5);

    /** Zoho's "unusual sending activity" has the number of a routing loop. */
    private static final Set<Integer> VAGUE_NETWORK = Set.of(0, 6);

    /** Servers that do not know a mailbox say these of RCPT as well. */
    private static final Set<Integer> VAGUE_PROTOCOL = Set.of(0, 2, 4);

    /** The mailbox or its domain has another owner (RFC 7293). */
    private static final Set<Integer> RECIPIENT_POLICY = Set.of(17, 18);

    private static final Pattern ABOUT_THE_SENDER = Pattern.compile(
            "(?i)\\b(relay\\w*|authenticat\\w*|credentials?|authori[sz]ed|permission\\w*|sendas\\w*|send as|helo"
                    + "|sender\\w*|sending|from address|mail from|verified identit\\w*|not verified|outbound\\w*"
                    + "|(daily|hourly|sending|message|email|mail|submission|rate|per hour|per day) ?(limit|quota)s?"
                    + "|(limit|quota|max emails)\\w* (was |is |has been |per \\w+ )*(exceeded|reached)|exceeded the max"
                    + "|credits|throttl\\w*|too many (messages|mails|emails)|suspended|paused"
                    + "|spf|dkim|dmarc|reverse dns|ptr|dnsbl|rbl|spamhaus|(black|block|deny) ?list\\w*|blocked using"
                    + "|reputation|spam\\w*|polic\\w+)\\b");

    private SmtpBlames() {}

    static SmtpBlame of(int code, String text) {
        if (AUTHENTICATION.contains(code)) {
            return SmtpBlame.SERVER;
        }
        EnhancedStatus status = EnhancedStatus.of(text);
        boolean aboutUs = saysUs(status) || (isVague(status) && soundsLikeUs(code, text));
        return aboutUs ? SmtpBlame.SENDER : SmtpBlame.MAIL;
    }

    private static boolean saysUs(EnhancedStatus status) {
        int detail = status.detail();
        return switch (status.subject()) {
            case ADDRESSING -> SENDER_ADDRESSING.contains(detail);
            case MAILBOX -> SENDER_MAILBOX.contains(detail);
            case MAIL_SYSTEM -> detail != 0;
            case NETWORK -> SENDER_NETWORK.contains(detail);
            case PROTOCOL -> !VAGUE_PROTOCOL.contains(detail);
            case POLICY -> !RECIPIENT_POLICY.contains(detail);
            default -> false;
        };
    }

    private static boolean isVague(EnhancedStatus status) {
        return switch (status.subject()) {
            case NETWORK -> VAGUE_NETWORK.contains(status.detail()) || status.detail() > REGISTERED;
            case PROTOCOL -> VAGUE_PROTOCOL.contains(status.detail());
            case POLICY -> false;
            default -> status.detail() == 0 || status.subject() == 0 || status.detail() > REGISTERED;
        };
    }

    private static boolean soundsLikeUs(int code, String text) {
        return ABOUT_THE_SERVER.contains(code) || ABOUT_THE_SENDER.matcher(text).find();
    }
}
