package dev.latchkey.contact;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
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
    public static Contact none(UUID accountId) {
        return new Contact(accountId, null, null, null, null, null, null, null, null, null, null, null);
    }

    Contact confirmedAt(Instant at) {
        return new Contact(
                accountId,
                at,
                firstName,
                lastName,
                address1,
                address2,
                city,
                state,
                country,
                pinCode,
                contactCountryCode,
                contactNumber);
    }
}
