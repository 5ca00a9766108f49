package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.membership.OwnEdits.Outcome;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import dev.latchkey.session.Sessions;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class OwnEditsTest {
    private static final CallerAddress HERE = new CallerAddress("192.0.2.50");

    private final ApplicationContext context;
    private final OwnEdits edits;
    private final Account somebody;
    private final PageSession session;

    OwnEditsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        edits = context.getBean(OwnEdits.class);
        somebody = People.somebody(context);
        session = open();
    }

    @Test
    void writesNothingForASessionThatWasEnded() {
        context.getBean(Sessions.class).remove(session.id());
        assertThat(save(session, bio("Too late"))).isEqualTo(new Outcome.Done(new OwnOutcome.Gone()));
        assertThat(context.getBean(OwnProfiles.class)
                        .find(somebody.id())
                        .orElseThrow()
                        .profile()
                        .exists())
                .isFalse();
    }

    @Test
    void ofManyThatSetAPassphraseAtOnceOneStaysSignedIn() throws Exception {
        List<PageSession> all = IntStream.range(0, 8).mapToObj(i -> open()).toList();
        List<Callable<Outcome>> racers = IntStream.range(0, 8)
                .<Callable<Outcome>>mapToObj(i -> () -> save(all.get(i), passphrase(i)))
                .toList();
        List<Outcome> outcomes = Race.of(racers);
        assertThat(outcomes)
                .filteredOn(
                        outcome -> outcome instanceof Outcome.Done done && done.outcome() instanceof OwnOutcome.Stored)
                .hasSize(1);
        int winner = IntStream.range(0, 8)
                .filter(i -> ((Outcome.Done) outcomes.get(i)).outcome() instanceof OwnOutcome.Stored)
                .findFirst()
                .orElseThrow();
        assertThat(context.getBean(Sessions.class).findByAccountId(somebody.id()))
                .extracting(Sessions.Session::id)
                .containsExactly(all.get(winner).id());
        String hash = context.getBean(Accounts.class)
                .findById(somebody.id())
                .orElseThrow()
                .passphraseHash();
        assertThat(context.getBean(Passphrases.class).matches("quiet otters " + winner, hash, "test"))
                .isTrue();
    }

    private Outcome save(PageSession by, ProfileChange change) {
        return edits.save(by, change, null, HERE);
    }

    private static ProfileChange bio(String bio) {
        return ProfileChange.of(Map.of(ProfileField.BIO, bio));
    }

    private static ProfileChange passphrase(int number) {
        return ProfileChange.of(Map.of()).with(new PassphraseChoice.Typed("quiet otters " + number));
    }

    private PageSession open() {
        PageSessions pages = context.getBean(PageSessions.class);
        return pages.openByLink(somebody.id(), "").flatMap(pages::find).orElseThrow();
    }
}
