package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.profile.InvalidField.Reason;
import dev.latchkey.profile.nickname.NicknameSuggestions;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.text.Resources;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class NicknamesTest {
    private static final int THREADS = 16;

    private final ApplicationContext context;
    private final NicknameSuggestions suggestions;

    NicknamesTest(Database database) {
        context = Contexts.shared(
                database,
                Map.of("test.clock", true, "latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000));
        suggestions = context.getBean(NicknameSuggestions.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, NicknameSuggestions.MOST})
    void suggestsAsManyDifferentOnesAsAskedFor(int count) {
        List<String> free = suggestions.free(count);

        assertThat(free).hasSize(count).doesNotHaveDuplicates();
        assertThat(free)
                .allSatisfy(idea ->
                        assertThat(ProfileField.NICKNAME.parse(idea)).isEqualTo(new ProfileText.Parsed.Text(idea)));
    }

    @Test
    void hasNoWordsThatMakeUnfitNames() {
        List<String> gaps = Resources.words("nickname-gaps");
        for (String adjective : Resources.words("adjectives")) {
            for (String animal : Resources.words("animals")) {
                String longest = adjective + "_" + animal + "999999";
                assertThat(ProfileField.NICKNAME.parse(longest)).isEqualTo(new ProfileText.Parsed.Text(longest));
            }
        }
        for (int i = 0; i < 200; i++) {
            assertThat(suggestions.free(1).getFirst().replaceAll("[0-9]", "").split("_"))
                    .hasSize(2)
                    .doesNotContainAnyElementsOf(gaps);
        }
    }

    @Test
    void suggestsOnlyWhatNobodyHas() {
        List<String> before = suggestions.free(NicknameSuggestions.MOST);
        before.forEach(nickname -> have(People.somebody(context), nickname));

        assertThat(context.getBean(Profiles.class).nicknamesAmong(before)).containsExactlyInAnyOrderElementsOf(before);
        for (int i = 0; i < 50; i++) {
            assertThat(suggestions.free(NicknameSuggestions.MOST)).doesNotContainAnyElementsOf(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ROOT", "Support", "latchkey", "admin_", "ad_min", "admin42", "a_d_m_i_n_1"})
    void refusesReservedWordsHoweverTheyAreDressedUp(String typed) {
        Account somebody = People.somebody(context);
        SaveOutcome outcome = context.getBean(ProfileEdits.class).save(Links.fresh(context, somebody), nickname(typed));

        assertThat(outcome)
                .isEqualTo(new ChangeRefused.InvalidFields(
                        List.of(new InvalidField(ProfileField.NICKNAME, Reason.RESERVED))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"administrative", "rooted", "sage_admiral", "helpful_otter"})
    void keepsWordsThatOnlyBeginLikeReservedOnes(String typed) {
        assertThat(ProfileField.NICKNAME.parse(typed)).isEqualTo(new ProfileText.Parsed.Text(typed));
    }

    @Test
    @Asvs("2.3.4")
    void letsOneOfSixteenThreadsTakeANickname() throws Exception {
        ProfileEdits edits = context.getBean(ProfileEdits.class);
        OwnProfiles own = context.getBean(OwnProfiles.class);
        String wanted = "wanted_" + People.somebody(context).pin();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<Object>> attempts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Account somebody = People.somebody(context);
            // Both ways of changing a profile, and both cases of letters.
            ProfileChange change = nickname(i % 4 < 2 ? wanted : wanted.toUpperCase(Locale.ROOT));
            if (i % 2 == 0) {
                String token = Links.fresh(context, somebody);
                attempts.add(() -> {
                    start.await();
                    return edits.save(token, change);
                });
            } else {
                have(somebody, null);
                ProfileView mine = own.find(somebody.id()).orElseThrow();
                attempts.add(() -> {
                    start.await();
                    return own.update(mine, change, Origin.of(Door.ACCOUNT_API), null);
                });
            }
        }
        List<Object> outcomes = Race.of(attempts);

        List<InvalidField> taken = List.of(new InvalidField(ProfileField.NICKNAME, Reason.TAKEN));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof SaveOutcome.Saved || outcome instanceof OwnOutcome.Stored)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.equals(new ChangeRefused.InvalidFields(taken)))
                .hasSize(THREADS - 1);
    }

    private void have(Account somebody, @org.jspecify.annotations.Nullable String nickname) {
        context.getBean(Profiles.class)
                .save(Profile.of(
                        somebody.id(),
                        nickname == null ? Map.of() : Map.of(ProfileField.NICKNAME, nickname),
                        1,
                        Instant.EPOCH));
    }

    private static ProfileChange nickname(String typed) {
        return ProfileChange.of(Map.of(ProfileField.NICKNAME, typed));
    }
}
