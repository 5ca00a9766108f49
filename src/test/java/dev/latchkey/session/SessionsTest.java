package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SessionsTest {
    private final ApplicationContext context;
    private final Sessions sessions;

    SessionsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        sessions = context.getBean(Sessions.class);
    }

    @Test
    void answersWhoeverAsksUntilTheirSessionEnds() {
        PageSessions pages = context.getBean(PageSessions.class);
        String cookie = pages.openByLink(People.somebody(context).id(), "").orElseThrow();
        String id = pages.find(cookie).orElseThrow().id();
        assertThat(sessions.stillAsks(id)).isTrue();
        pages.close(cookie);
        assertThat(sessions.stillAsks(id)).isFalse();
    }

    @Test
    void answersWhereNobodyHasToBeSignedIn() {
        assertThat(sessions.stillAsks(null)).isTrue();
    }
}
