package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The id of a request is the only right that Status asks for. */
class RequestIdsTest {
    private final LinkRequestService service =
            Contexts.shared(Database.SQLITE, Map.of("test.clock", true)).getBean(LinkRequestService.class);

    @Test
    void noneTellsAnotherThoughAllComeInTheOrderOfTime() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Subject nobody = new Subject.ByEmail(
                    EmailAddress.parse("nobody" + i + "@ids.example.org").orElseThrow());
            ids.add(((LinkOutcome.Accepted) service.requestConcealed(nobody, new Caller("ids", null, null)))
                    .requestId());
        }
        TreeSet<Long> tails = new TreeSet<>();
        ids.forEach(id -> tails.add(id.getLeastSignificantBits() & 0xFFFF_FFFF_FFFFL));
        long before = -(1L << 20);
        for (long tail : tails) {
            assertThat(tail - before).as("to the next id").isGreaterThan(1 << 20);
            before = tail;
        }
        assertThat(ids).isSorted();
    }
}
