package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An access token is ended, by an undo or its owner, between the look at it and the write. */
@ParameterizedClass
@EnumSource(Database.class)
class EndedTokenTest {
    private static final String PASSPHRASE = "quiet harbour lantern";
    private static final String ENDED = UUID.randomUUID().toString();

    private final Account somebody;
    private final Accounts accounts;
    private final OwnProfiles profiles;
    private final MembershipService memberships;

    EndedTokenTest(Database database) {
        ApplicationContext context = Contexts.shared(database, Map.of());
        accounts = context.getBean(Accounts.class);
        Account fresh = People.somebody(context);
        accounts.updatePassphraseHash(
                fresh.id(), context.getBean(Passphrases.class).hash(PASSPHRASE, "test"));
        somebody = accounts.findById(fresh.id()).orElseThrow();
        profiles = context.getBean(OwnProfiles.class);
        memberships = context.getBean(MembershipService.class);
    }

    @Test
    void writesNothing() {
        ProfileChange change = ProfileChange.of(Map.of(ProfileField.BIO, "Too late"));
        Origin origin = Origin.of(Door.ACCOUNT_API);
        assertThat(profiles.create(mine(), change, origin, ENDED)).isInstanceOf(OwnOutcome.Gone.class);
        profiles.create(mine(), ProfileChange.of(Map.of(ProfileField.BIO, "In time")), origin, null);
        assertThat(profiles.update(mine(), change, origin, ENDED)).isInstanceOf(OwnOutcome.Gone.class);
        assertThat(mine().profile().bio()).isEqualTo("In time");
    }

    @Test
    void changesNoPassphrase() {
        memberships.change(somebody, PASSPHRASE, "another harbour lantern", ENDED, CallerAddress.UNKNOWN);
        assertThat(accounts.findById(somebody.id()).orElseThrow().passphraseHash())
                .isEqualTo(somebody.passphraseHash());
    }

    @Test
    void deletesNothing() {
        memberships.delete(somebody, PASSPHRASE, ENDED, CallerAddress.UNKNOWN);
        assertThat(accounts.findById(somebody.id())).isPresent();
    }

    private ProfileView mine() {
        return profiles.find(somebody.id()).orElseThrow();
    }
}
