package dev.latchkey.api.sessionkey;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.contact.Contact;
import dev.latchkey.http.JsonFields;
import dev.latchkey.text.InvisibleCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field rules of API-007. Characters are counted as code points; controls, and what nobody can
 * see, are refused everywhere. */
final class ContactFields {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}]{5,25}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cc}\\p{Cs}]{5,25}");
    private static final Pattern COUNTRY_CODE = Pattern.compile("[0-9]{3}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{10}");

    private final JsonFields body;
    private final List<String> refused = new ArrayList<>();

    private ContactFields(JsonFields body) {
        this.body = body;
    }

    /** The change that a body asks for; empty when any of its fields breaks its rule. */
    static Optional<UnaryOperator<Contact>> read(JsonFields body, Account account) {
        ContactFields fields = new ContactFields(body);
        String firstName = fields.required("first_name", NAME);
        String lastName = fields.required("last_name", NAME);
        String address1 = fields.optional("address1");
        String address2 = fields.optional("address2");
        String city = fields.optional("city");
        String state = fields.optional("state");
        String country = fields.required("country", TEXT);
        String pinCode = fields.required("pin_code", TEXT);
        String countryCode = fields.required("contact_country_code", COUNTRY_CODE);
        String number = fields.required("contact_number", NUMBER);
        fields.repeats(account);
        if (!fields.refused.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(stored -> new Contact(
                stored.accountId(),
                stored.confirmedAt(),
                firstName,
                lastName,
                body.has("address1") ? address1 : stored.address1(),
                body.has("address2") ? address2 : stored.address2(),
                body.has("city") ? city : stored.city(),
                body.has("state") ? state : stored.state(),
                country,
                pinCode,
                countryCode,
                number));
    }

    private @Nullable String required(String field, Pattern rule) {
        // Codes and numbers come as numbers from some clients.
        String value = rule == NAME ? body.string(field) : body.digits(field);
        if (value == null || !fits(value, rule)) {
            refused.add(field);
        }
        return value;
    }

    private @Nullable String optional(String field) {
        String value = body.string(field);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!fits(value, TEXT)) {
            refused.add(field);
        }
        return value;
    }

    private static boolean fits(String value, Pattern rule) {
        return rule.matcher(value).matches() && !InvisibleCharacters.isAllOf(value);
    }

    private void repeats(Account account) {
        String email = body.string("email");
        if (email != null
                && EmailAddress.parse(email).filter(account.email()::equals).isEmpty()) {
            refused.add("email");
        }
    }
}
