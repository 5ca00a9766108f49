package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator's own programs are told of a change; nobody listens at their address. */
class ChangeEventsTest {
    private final ApplicationContext context = Contexts.shared(
            Database.SQLITE,
            Map.of(
                    "test.clock",
                    true,
                    "latchkey.webhook-url",
                    "http://127.0.0.1:9/hook",
                    "latchkey.webhook-secret",
                    "whsec_" + Base64.getEncoder().encodeToString(new byte[24])));
    private final Account somebody = People.somebody(context);

    @Test
    void tellsWhichFieldsHoldSomethingElseAndWhoDidIt() {
        record(new Origin(Door.GRANT, null, "client.example"), Map.of("name", "", "bio", ""), "New.");
        assertThat(told()).isEqualTo("profile.changed [\"bio\",\"name\"] grant client.example -");
    }

    @Test
    void tellsNothingOfWhoIsSignedInOrMayAsk() {
        Map<String, String> before =
                Map.of("sessions", "Firefox", "grants", "", "scopes", "", "assistants", "on", "new_email", "");
        record(Origin.of(Door.ACCOUNT_PAGE), before, "");
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOfAMoveByItself() {
        record(Origin.of(Door.LINK), Map.of("email", somebody.email().value()), "new@example.net");
        assertThat(told()).isEqualTo("email.changed - link - new@example.net");
    }

    @Test
    void tellsOfAnUndoAndOfTheMoveBackWithIt() {
        record(Origin.of(Door.UNDO), Map.of("bio", "", "email", "eve@example.net"), "old@example.org");
        assertThat(told())
                .isEqualTo("profile.undone [\"bio\",\"email\"] undo - -; email.changed - undo - old@example.org");
    }

    @Test
    void tellsOfNoMoveWhereAnUndoFoundTheAccountWhereItWas() {
        record(Origin.of(Door.UNDO), Map.of("email", "old@example.org"), "old@example.org");
        assertThat(told()).isEqualTo("profile.undone [\"email\"] undo - -");
    }

    private void record(Origin origin, Map<String, String> before, String after) {
        Map<String, String> now = new HashMap<>(before);
        now.replaceAll((key, value) -> after);
        context.getBean(RecordedChanges.class).record(somebody, null, origin, before, now);
    }

    private String told() {
        return Sql.text(context, """
                SELECT coalesce(group_concat(kind || ' ' || coalesce(body ->> '$.data.changed', '-') || ' '
                || (body ->> '$.data.door') || ' ' || coalesce(body ->> '$.data.client', '-') || ' '
                || coalesce(body ->> '$.data.email', '-'), '; ' ORDER BY id), '') FROM outbox
                WHERE channel = 'webhook' AND about_id = '%s' AND body ->> '$.data.pin' = %d""".formatted(somebody.id(), somebody.pin()));
    }
}
