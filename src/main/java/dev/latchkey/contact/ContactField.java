package dev.latchkey.contact;

import dev.latchkey.text.InvisibleCharacters;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One thing that is kept of how to reach somebody, with the rule of API-007 for it. Characters are counted as code points;
 * controls, and what nobody can see, are refused everywhere.
 */
public enum ContactField {
    FIRST_NAME(Rule.NAME, true),
    LAST_NAME(Rule.NAME, true),
    ADDRESS1(Rule.TEXT, false),
    ADDRESS2(Rule.TEXT, false),
    CITY(Rule.TEXT, false),
    STATE(Rule.TEXT, false),
    COUNTRY(Rule.TEXT, true),
    PIN_CODE(Rule.TEXT, true),
    CONTACT_COUNTRY_CODE("[0-9]{3}", true),
    CONTACT_NUMBER("[0-9]{10}", true);

    private final Pattern rule;
    private final boolean required;

    ContactField(String rule, boolean required) {
        this.rule = Pattern.compile(rule);
        this.required = required;
    }

    /** What callers call it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isRequired() {
        return required;
    }

    /** Whether some clients send it as a number. */
    public boolean isCode() {
        return required && !rule.pattern().equals(Rule.NAME);
    }

    public boolean fits(String value) {
        return rule.matcher(value).matches() && !InvisibleCharacters.isAllOf(value);
    }

    /** What several have in common; an enum's own constants are not there yet when its values are made. */
    private interface Rule {
        String NAME = "[\\p{L}\\p{M}]{5,25}";
        String TEXT = "[^\\p{Cc}\\p{Cs}]{5,25}";
    }
}
