package dev.latchkey.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.account.Account;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.PgBouncer;
import dev.latchkey.support.Race;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * PostgreSQL behind PgBouncer in transaction mode. Skipped where there is no PgBouncer, unless
 * {@code -Dpgbouncer.required=true} says that there must be one.
 */
@Timeout(120)
class PgBouncerTest {
    private static final int NODES = 2;
    private static final int PEOPLE = 40;

    @Test
    void twoNodesStartAndWorkBehindIt() throws Exception {
        assumeThat(PgBouncer.isThere() || Boolean.getBoolean("pgbouncer.required"))
                .as("PgBouncer is on this machine")
                .isTrue();
        Map<String, Object> database = Database.POSTGRESQL.fresh();
        try (PgBouncer pooler = PgBouncer.before(String.valueOf(database.get("datasources.default.url")))) {
            Map<String, Object> pooled = new HashMap<>(database);
            pooled.put("datasources.default.url", pooler.url());
            List<ApplicationContext> nodes = new ArrayList<>();
            try {
                for (int i = 0; i < NODES; i++) {
                    nodes.add(Contexts.start(pooled, Map.of("latchkey.links-per-minute", 1000)));
                }
                List<Callable<SaveOutcome>> jobs = new ArrayList<>();
                for (int i = 0; i < PEOPLE; i++) {
                    ApplicationContext node = nodes.get(i % NODES);
                    Account somebody = People.somebody(node);
                    jobs.add(() -> wholeJob(node, somebody));
                }
                assertThat(Race.of(jobs)).hasOnlyElementsOfType(SaveOutcome.Saved.class);
            } finally {
                nodes.forEach(ApplicationContext::close);
            }
        }
    }

    @Test
    void statementsArePreparedByNameWhereNothingStandsBetween() {
        try (ApplicationContext context = Contexts.start(Database.POSTGRESQL, Map.of())) {
            assertThat(context.getBean(DatasourceConfiguration.class).getDataSourceProperties())
                    .doesNotContainKey("prepareThreshold");
        }
    }

    private static SaveOutcome wholeJob(ApplicationContext node, Account somebody) {
        ProfileEdits edits = node.getBean(ProfileEdits.class);
        String token = Links.fresh(node, somebody);
        for (int i = 0; i < 10; i++) {
            edits.load(token);
        }
        return edits.save(token, ProfileChange.of(Map.of(ProfileField.BIO, "Hello.")));
    }
}
