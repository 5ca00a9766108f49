package dev.latchkey.contact;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** How to reach people. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Contacts extends GenericRepository<Contact, UUID> {
    Contact save(Contact contact);

    void update(Contact contact);

    @Query("SELECT * FROM contacts WHERE account_id = :accountId")
    Optional<Contact> find(@StoredAsText UUID accountId);
}
