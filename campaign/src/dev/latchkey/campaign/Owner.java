package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account with everything in hand that public operations need: two links, a change that can be taken back, an access
 * token, a new address to confirm, an assistant that asks to be let in.
 */
record Owner(
        String id,
        String email,
        String newEmail,
        String link,
        String otherLink,
        String undo,
        String move,
        String bearer,
        String hash,
        App app) {
    static final String PASSPHRASE = "quiet harbour lantern";

    private static final Duration DELIVERY = Duration.ofMinutes(1);

    /** Makes one. */
    static Owner fresh(Site site) {
        LatchkeyClient client = site.client();
        Residents residents = site.residents();
        SmtpSink sink = site.sink();
        String email = residents.somebody();
        String moved = email.replace("resident", "moved");
        String id = residents
                .values("SELECT id FROM accounts WHERE email = ?", email)
                .getFirst();
        client.accepted(email);
        String first = link(sink, email, "edit", 1);
        require(client.save(Map.of("token", first, "bio", "First", "passphrase", PASSPHRASE)), 200);
        String undo = link(sink, email, "undo", 1);
        String bearer = require(client.post("/auth/login", Map.of("email", email, "password", PASSPHRASE)), 200)
                .text("access_token");
        Map<String, String> wish = Map.of("email", moved, "password", PASSPHRASE);
        require(client.post("/profile/me/email", wish, "Authorization", "Bearer " + bearer), 202);
        String move = link(sink, moved, "email", 1);
        client.accepted(email);
        client.accepted(email);
        String link = link(sink, email, "edit", 2);
        String other = link(sink, email, "edit", 3);
        await().atMost(DELIVERY)
                .until(() -> residents
                        .values("SELECT count(*) FROM magic_links WHERE account_id = ? AND expires_at IS NOT NULL", id)
                        .equals(List.of("2")));
        String hash = residents
                .values("SELECT passphrase_hash FROM accounts WHERE id = ?", id)
                .getFirst();
        return new Owner(id, email, moved, link, other, undo, move, bearer, hash, App.inFrontOf(client, email));
    }

    static Answer require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
        return answer;
    }

    /** The token in the first, second... mail to somebody that has a link of this kind. */
    private static String link(SmtpSink sink, String email, String path, int which) {
        Pattern pattern = Pattern.compile("(?m)^https://[^/\\s]+/" + path + "/([A-Za-z0-9]+)\\s*$");
        return await().atMost(DELIVERY)
                .until(
                        () -> sink.received().stream()
                                .filter(mail -> mail.to().equals(email))
                                .map(mail -> first(pattern.matcher(mail.source())))
                                .filter(token -> token != null)
                                .toList(),
                        tokens -> tokens.size() >= which)
                .get(which - 1);
    }

    private static @Nullable String first(Matcher link) {
        return link.find() ? link.group(1) : null;
    }

    /** All that is stored about it once its mails have left, without what differs between two that fared alike. */
    String state(Site site) {
        Residents residents = site.residents();
        site.awaitMails();
        String all = String.join(
                " | ",
                told(
                        residents,
                        "SELECT status, email, CASE WHEN passphrase_hash = ? THEN 'same' ELSE 'other' END"
                                + " FROM accounts WHERE id = ?",
                        hash,
                        id),
                told(residents, "SELECT bio FROM profiles WHERE account_id = ?", id),
                told(residents, "SELECT purpose FROM magic_links WHERE account_id = ? ORDER BY 1", id),
                told(residents, "SELECT state FROM link_requests WHERE account_id = ? ORDER BY 1", id),
                told(residents, "SELECT kind FROM sessions WHERE account_id = ? ORDER BY 1", id),
                told(residents, "SELECT state FROM email_moves WHERE account_id = ? ORDER BY 1", id),
                told(residents, "SELECT status FROM accounts WHERE email IN (?, ?) ORDER BY 1", email, newEmail),
                told(
                        residents,
                        "SELECT CASE WHEN undone_at IS NULL THEN 'change' ELSE 'undone' END FROM changes"
                                + " WHERE account_id = ? ORDER BY 1",
                        id));
        return all.replace(email, "old").replace(newEmail, "new");
    }

    private static String told(Residents residents, String sql, Object... values) {
        return String.join(" ", residents.values(sql, values));
    }
}
