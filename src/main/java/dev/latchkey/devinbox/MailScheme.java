package dev.latchkey.devinbox;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail's HTML by day or by night, whatever the browser prefers that shows it: what the mail says of the other scheme is
 * made to hold never, and what it says of this one always.
 */
enum MailScheme {
    LIGHT,
    DARK;

    /** Where a mail can ask: in its styles, and in an element's attribute {@code media}. Words of the mail are no question. */
    private static final Pattern RULES =
            Pattern.compile("(?is)<style\\b[^>]*>.*?</style\\s*>|<[a-z][^>]*\\bmedia\\b[^>]*>");

    private static final Pattern QUESTION =
            Pattern.compile("(?i)\\(\\s*prefers-color-scheme\\s*:\\s*(light|dark)\\s*\\)");
    /** Where a head can begin, the best place first; mails of others may be no whole documents. */
    private static final List<Pattern> BEGINNINGS = List.of(
            Pattern.compile("(?i)<head(?:\\s[^>]*)?>"),
            Pattern.compile("(?i)<html(?:\\s[^>]*)?>"),
            Pattern.compile("\\A"));

    /** The mail for a frame of the inbox. Pages that its links lead to refuse to be framed, so they open beside it. */
    String frame(String html) {
        String answered = RULES.matcher(html).replaceAll(rule -> Matcher.quoteReplacement(answer(rule.group())));
        return inserted(
                answered, "<base target=\"_blank\"><style>:root { color-scheme: " + word() + " !important; }</style>");
    }

    /** Whether the mail says anything of how it looks in the dark. */
    static boolean knowsDark(String html) {
        return RULES.matcher(html)
                .results()
                .anyMatch(rule -> QUESTION.matcher(rule.group())
                        .results()
                        .anyMatch(asked -> asked.group(1).equalsIgnoreCase("dark")));
    }

    private String answer(String rule) {
        return QUESTION.matcher(rule)
                .replaceAll(asked -> asked.group(1).equalsIgnoreCase(word()) ? "(min-width: 0)" : "(max-width: 0)");
    }

    private String word() {
        return this == DARK ? "dark" : "light";
    }

    private static String inserted(String html, String head) {
        return BEGINNINGS.stream()
                .map(beginning -> beginning.matcher(html))
                .filter(Matcher::find)
                .map(found -> html.substring(0, found.end()) + head + html.substring(found.end()))
                .findFirst()
                .orElseThrow();
    }
}
