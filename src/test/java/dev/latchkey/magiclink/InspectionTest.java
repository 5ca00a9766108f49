package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final Account somebody = People.somebody(context);

    @Test
    void showsOnThePageTheTwoWordsThatTheChatShowed() {
        Accepted accepted = (Accepted) context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(somebody.email()), new Caller("inspection", null, null));
        Inspection.Open open = (Inspection.Open) inspect(Links.arrived(context, accepted.requestId()));
        assertThat(open.matchPhrase()).isEqualTo(accepted.matchPhrase());
    }

    @Test
    void canKeepToItselfWhatWasSavedAndStillExplainTheRest() {
        String token = Links.fresh(context, somebody);
        context.getBean(UsedLink.class).use((Inspection.Open) inspect(token));
        Inspection.Refused used = (Inspection.Refused) inspect(token);
        assertThat(used.changed()).containsExactly("bio");
        assertThat(used.withoutChanges())
                .isEqualTo(
                        new Inspection.Refused(Inspection.Reason.USED, used.since(), true, List.of(), somebody.id()));
    }

    private Inspection inspect(String token) {
        return context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }
}
