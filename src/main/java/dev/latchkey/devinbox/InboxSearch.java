package dev.latchkey.devinbox;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words that a mail must hold, each of them somewhere: in an address, the subject, the body or the id of its request. */
record InboxSearch(List<String> words) {
    private static final Pattern TAG = Pattern.compile("(?s)<style\\b.*?</style\\s*>|<!--.*?-->|<[^>]*>");

    static InboxSearch of(String text) {
        return new InboxSearch(List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+")));
    }

    boolean finds(InboxMessage mail) {
        String body = mail.text().isEmpty() ? TAG.matcher(mail.html()).replaceAll(" ") : mail.text();
        String all = String.join("\n", mail.to(), mail.from(), mail.subject(), body, String.valueOf(mail.requestId()))
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(all::contains);
    }
}
