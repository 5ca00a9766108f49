package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.database.Cleaning;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkRequestsTest {
    // Of its own: it removes what other tests may still look at.
    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("test.clock", true, "latchkey.links-per-minute", 601));

    @Test
    void oneRoundForgetsHoweverMuchIsOldAndNothingElse() {
        Instant now = context.getBean(MutableClock.class).instant();
        int more = context.getBean(LinkRequests.class).step() + 1;
        insert("old", more, now.minus(LinkRequests.KEPT).minusSeconds(3600));
        insert("kept", 1, now.minus(LinkRequests.KEPT));

        context.getBean(Cleaning.class).clean();

        assertThat(Sql.text(context, "SELECT group_concat(id) FROM link_requests"))
                .isEqualTo("kept1");
    }

    private void insert(String name, int rows, Instant at) {
        Sql.run(
                context,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ")"
                        + " INSERT INTO link_requests (id, link_id, subject_digest, purpose, match_phrase, state,"
                        + " created_at, created_hour, door) SELECT '" + name + "' || i, '" + name
                        + "' || i, 'digest', 'EDIT_PROFILE', 'amber falcon', 'SENT', " + at.toEpochMilli() + ", "
                        + LinkRequest.hourOf(at) + ", 'PAGE' FROM n");
    }
}
