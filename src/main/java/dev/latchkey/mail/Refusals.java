package dev.latchkey.mail;

import dev.latchkey.mail.smtp.SmtpBlame;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What other mail servers say when they refuse a mail for good, read as decision 8 reads it. */
public final class Refusals {
    private static final Pattern FOR_GOOD = Pattern.compile("5\\.\\d{1,3}\\.\\d{1,3}");

    /** Full or too small for the mail, out of time, no way there at the moment: another mail may fare better. */
    private static final Pattern OF_THE_DAY = Pattern.compile("5\\.(2\\.[234]|4\\.(?!4$)\\d+|6\\.\\d+)");

    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])5\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])");
    private static final Pattern REPLY = Pattern.compile("\\b(5\\d\\d)\\b");

    private static final String VAGUE = "5.0.0";
    private static final int ANY = 550;

    private Refusals() {}

    /**
     * Whether a refusal says that nobody has the mailbox, or will have it soon.
     *
     * @param status enhanced status code (RFC 3463)
     * @param diagnostic the words of the server that refused, perhaps with its own codes; they tell more than a vague status
     */
    public static boolean endMailbox(String status, String diagnostic) {
        Matcher told = ENHANCED.matcher(diagnostic);
        String code = status.equals(VAGUE) && told.find() ? told.group() : status;
        Matcher reply = REPLY.matcher(diagnostic);
        return FOR_GOOD.matcher(code).matches()
                && !OF_THE_DAY.matcher(code).matches()
                && SmtpBlame.of(reply.find() ? Integer.parseInt(reply.group(1)) : ANY, code + " " + diagnostic)
                        == SmtpBlame.MAIL;
    }
}
