package dev.latchkey.membership;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.profile.ProfileField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish for an account.
 *
 * @param passphrase absent where they set it later, on the page behind the mailed link
 * @param ownRule whether the caller checked the passphrase by a rule of its own
 * @param told what they say of themselves
 * @param termsVersion which terms they agreed to; absent where nobody asked
 * @param confirmation what the mailed link confirms
 * @param caller through which door they came
 */
public record SignUp(
        EmailAddress email,
        @Nullable String passphrase,
        boolean ownRule,
        Map<ProfileField, String> told,
        @Nullable String termsVersion,
        LinkPurpose confirmation,
        Caller caller) {

    /** Through the account API, with a passphrase. */
    public static SignUp withPassphrase(
            EmailAddress email, String passphrase, Map<ProfileField, String> told, CallerAddress caller) {
        return new SignUp(email, passphrase, false, told, null, LinkPurpose.CONFIRM_EMAIL, Caller.accountApi(caller));
    }

    /** Through an assistant, which never sees a passphrase. */
    public static SignUp withConsent(
            EmailAddress email, Map<ProfileField, String> told, String termsVersion, Caller caller) {
        return new SignUp(email, null, false, told, termsVersion, LinkPurpose.CONFIRM_EMAIL, caller);
    }

    /** Through the session-key API, which has a rule of its own for passwords. */
    public static SignUp registration(EmailAddress email, String password, CallerAddress caller) {
        return new SignUp(
                email, password, true, Map.of(), null, LinkPurpose.CONFIRM_REGISTRATION, Caller.sessionKeyApi(caller));
    }

    @Override
    public String toString() {
        return "a sign-up";
    }
}
