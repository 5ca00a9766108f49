package dev.latchkey.web.session;

import dev.latchkey.account.Account;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.text.Texts;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a passphrase that was chosen before anybody proved the mailbox. Silence means a stranger's; but who
 * was asked, on one of our pages, is asked again.
 *
 * @param asked whether the form had the question
 * @param said the answer; absent where none was given
 */
public record ExistingPassphrase(boolean asked, @Nullable String said) {
    /** The name of the answer, and of the input where it is mended. */
    public static final String NAME = "existing";

    /** The text that asks again. */
    public static final String MISSING = "confirm.passphrase.missing";

    private static final String KEEP = "keep";
    private static final String DROP = "drop";

    /** As a form says it. */
    public static ExistingPassphrase of(Form form) {
        return new ExistingPassphrase(form.text("asked") != null, form.text(NAME));
    }

    /** Whether there is such a passphrase. */
    public static boolean isOf(Account account) {
        return account.passphraseHash() != null && !account.verified();
    }

    /** What a page says to who overlooked the question, by the id of where it is mended; nothing to others. */
    public static Map<String, String> errors(boolean overlooked, Texts texts, Locale locale) {
        return overlooked ? Map.of(NAME, texts.text(locale, MISSING)) : Map.of();
    }

    /** Whether it is the owner's. */
    public boolean isKept() {
        return KEEP.equals(said);
    }

    /** Whether somebody overlooked the question. */
    public boolean isOverlooked() {
        return asked && !isKept() && !DROP.equals(said);
    }
}
