package dev.latchkey.mail;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/** The rows of the outbox. */
@JdbcRepository(dialect = Dialect.ANSI)
interface OutboxMails extends GenericRepository<OutboxMail, UUID> {
    OutboxMail save(OutboxMail mail);
}
