package dev.latchkey.contact;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to reach somebody.
 *
 * @param confirmedAt when the registration was confirmed; proves no mailbox, as its caller was told the link
 */
@MappedEntity("contacts")
public record Contact(
        @Id @TypeDef(type = DataType.STRING) UUID accountId,
        @Nullable Instant confirmedAt,
        @Nullable String firstName,
        @Nullable String lastName,
        @MappedProperty("address1") @Nullable String address1,
        @MappedProperty("address2") @Nullable String address2,
        @Nullable String city,
        @Nullable String state,
        @Nullable String country,
        @Nullable String pinCode,
        @Nullable String contactCountryCode,
        @Nullable String contactNumber) {

    /** Of somebody who told nothing yet. */
    static Contact none(UUID accountId) {
        return new Contact(accountId, null, null, null, null, null, null, null, null, null, null, null);
    }

    Contact with(Map<ContactField, @Nullable String> changes) {
        Map<ContactField, @Nullable String> after = new EnumMap<>(ContactField.class);
        for (ContactField field : ContactField.values()) {
            after.put(field, changes.containsKey(field) ? changes.get(field) : value(field));
        }
        return new Contact(
                accountId,
                confirmedAt,
                after.get(ContactField.FIRST_NAME),
                after.get(ContactField.LAST_NAME),
                after.get(ContactField.ADDRESS1),
                after.get(ContactField.ADDRESS2),
                after.get(ContactField.CITY),
                after.get(ContactField.STATE),
                after.get(ContactField.COUNTRY),
                after.get(ContactField.PIN_CODE),
                after.get(ContactField.CONTACT_COUNTRY_CODE),
                after.get(ContactField.CONTACT_NUMBER));
    }

    /** What some of the fields hold, by their keys; empty where nothing was told. */
    Map<String, String> values(Set<ContactField> fields) {
        Map<String, String> values = new TreeMap<>();
        fields.forEach(field -> values.put(field.key(), Objects.requireNonNullElse(value(field), "")));
        return values;
    }

    /** The fields in which another differs. */
    Set<ContactField> difference(Contact other) {
        Set<ContactField> fields = EnumSet.allOf(ContactField.class);
        fields.removeIf(field -> Objects.equals(value(field), other.value(field)));
        return fields;
    }

    /** Null where nothing was told. */
    public @Nullable String value(ContactField field) {
        return switch (field) {
            case FIRST_NAME -> firstName;
            case LAST_NAME -> lastName;
            case ADDRESS1 -> address1;
            case ADDRESS2 -> address2;
            case CITY -> city;
            case STATE -> state;
            case COUNTRY -> country;
            case PIN_CODE -> pinCode;
            case CONTACT_COUNTRY_CODE -> contactCountryCode;
            case CONTACT_NUMBER -> contactNumber;
        };
    }
}
