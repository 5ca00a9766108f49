package dev.latchkey.web.edit;

import dev.latchkey.account.Tier;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.upgrade.ProCondition;
import dev.latchkey.text.Texts;
import dev.latchkey.web.Pages;
import java.text.ListFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's tier, and how far they are from PRO, as a page tells it.
 *
 * @param tier as the texts call it
 * @param missing what it still takes to be PRO, as a sentence; absent where nothing does
 * @param ready whether it takes no more than pressing a button
 */
public record Standing(String tier, @Nullable String missing, boolean ready) {

    /**
     * Of one account.
     *
     * @param proven whether whoever reads it has just proved the mailbox
     */
    public static Standing of(ProfileView view, boolean proven, Texts texts, Locale locale) {
        Tier tier = view.account().tier();
        List<String> conditions = tier == Tier.PRO
                ? List.of()
                : ProCondition.missing(view, proven).stream()
                        .map(condition -> texts.text(locale, "edit.tier.missing." + condition.key()))
                        .toList();
        String missing = conditions.isEmpty()
                ? null
                : texts.text(
                        locale,
                        "edit.tier.missing",
                        ListFormat.getInstance(locale, ListFormat.Type.STANDARD, ListFormat.Style.FULL)
                                .format(conditions));
        return new Standing(Pages.key(tier), missing, tier != Tier.PRO && conditions.isEmpty());
    }
}
