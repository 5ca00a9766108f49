package dev.latchkey.contact;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** How to reach people. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Contacts extends GenericRepository<Contact, UUID> {
    Contact save(Contact contact);

    void update(Contact contact);

    /** Writes a contact over what is stored, if anything is. */
    default void put(Optional<Contact> stored, Contact contact) {
        if (stored.isPresent()) {
            update(contact);
        } else {
            save(contact);
        }
    }

    @Query("SELECT * FROM contacts WHERE account_id = :accountId")
    Optional<Contact> find(@StoredAsText UUID accountId);

    /** The registration was confirmed; the owner may have told nothing else yet. */
    @Query("INSERT INTO contacts (account_id, confirmed_at) VALUES (:accountId, :at)"
            + " ON CONFLICT (account_id) DO UPDATE SET confirmed_at = excluded.confirmed_at")
    int confirm(@StoredAsText UUID accountId, Instant at);
}
