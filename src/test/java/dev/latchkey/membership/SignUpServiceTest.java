package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.membership.SignUpOutcome.Created;
import dev.latchkey.membership.SignUpOutcome.EmailTaken;
import dev.latchkey.membership.SignUpOutcome.LimitReached;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SignUpServiceTest {
    private final ApplicationContext context;
    private final SignUpService signUps;

    SignUpServiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        signUps = context.getBean(SignUpService.class);
    }

    @Test
    void oneOfManySimultaneousSignUpsWithOneAddressWins() throws Exception {
        SignUp wish = SignUp.withPassphrase(
                address("race@example.org"),
                "seven quiet otters",
                Map.of(ProfileField.NAME, "Ada"),
                new CallerAddress("192.0.2.1"));
        assertThat(Race.of(8, () -> signUps.signUp(wish)))
                .hasOnlyElementsOfTypes(Created.class, EmailTaken.class)
                .filteredOn(Created.class::isInstance)
                .hasSize(1);
    }

    @Test
    void recordsWhichTermsWereAgreedToAndWhen() {
        SignUp wish = SignUp.withConsent(
                address("consent@example.org"),
                Map.of(ProfileField.LOCALE, "de"),
                "2026-11",
                new Caller("key", null, null));
        Account account = ((Created) signUps.signUp(wish)).view().account();
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM consents JOIN accounts ON accounts.id = account_id"
                                + " WHERE terms_version = '2026-11' AND given_at = accounts.created_at"
                                + " AND account_id = '" + account.id() + "'"))
                .isOne();
        assertThat(account.passphraseHash()).isNull();
        assertThat(account.verified()).isFalse();
    }

    @Test
    void leavesNothingBehindWhenTheCallerSignedUpTooMany() {
        Caller busy = new Caller("key", "busy at signing up", null);
        for (int i = 0; i < 30; i++) {
            assertThat(signUps.signUp(wish("busy" + i + "@example.org", busy))).isInstanceOf(Created.class);
        }
        SignUp tooMany = wish("late@example.org", busy);
        assertThat(signUps.signUp(tooMany)).isInstanceOf(LimitReached.class);
        assertThat(signUps.signUp(wish("late@example.org", new Caller("key", null, null))))
                .isInstanceOf(Created.class);
    }

    private static SignUp wish(String email, Caller caller) {
        return SignUp.withConsent(address(email), Map.of(), "1", caller);
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }
}
