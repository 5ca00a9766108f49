package dev.latchkey.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.LostCommits;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The connection breaks while a change is taken back. */
class LostUndoTest {
    private static final Pattern UNDO = Pattern.compile("UPDATE changes SET undone_at");

    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.lost-commits", true));
    private final LostCommits commits = context.getBean(LostCommits.class);
    private final UndoService undos = context.getBean(UndoService.class);
    private final String token = saved();

    @Test
    void whatWasStoredIsToldAsUndone() {
        commits.next(LostCommits.Outcome.STORED, UNDO);
        assertThat(undos.undo(token)).isInstanceOf(UndoOutcome.Undone.class);
        assertThat(undos.undo(token)).isInstanceOf(UndoOutcome.Refused.class);
    }

    @Test
    void whatWasNotStoredFailsAndCanBeUndoneAtOnce() {
        commits.next(LostCommits.Outcome.UNDONE, UNDO);
        assertThatThrownBy(() -> undos.undo(token))
                .satisfies(e -> assertThat(DatabaseFailure.isBehind(e)).isTrue());
        assertThat(undos.undo(token)).isInstanceOf(UndoOutcome.Undone.class);
    }

    private String saved() {
        Account somebody = People.somebody(context);
        context.getBean(ProfileEdits.class)
                .save(Links.fresh(context, somebody), ProfileChange.of(Map.of(ProfileField.BIO, "Stranger's")));
        return Links.undo(context, somebody);
    }
}
