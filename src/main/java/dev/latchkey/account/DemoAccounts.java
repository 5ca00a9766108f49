package dev.latchkey.account;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/**
 * The accounts that the dev environment made, whose passphrases are published. Marked one by one, as the mark must survive
 * whatever becomes of the account (another address, another passphrase, a backup) and end with it.
 */
@JdbcRepository(dialect = Dialect.ANSI)
public interface DemoAccounts extends GenericRepository<DemoAccounts.Demo, UUID> {
    /** Where the marks are. */
    String TABLE = "demo_accounts";

    /** Asks for the addresses of those that are there. */
    String ADDRESSES =
            "SELECT accounts.email FROM demo_accounts JOIN accounts ON accounts.id = demo_accounts.account_id"
                    + " ORDER BY accounts.email";

    /** Marks an account, in the transaction that makes it. */
    Demo save(Demo demo);

    /** The addresses of those that are there. */
    @Query(ADDRESSES)
    List<String> addresses();

    /** How many accounts there are besides. */
    @Query("SELECT count(*) FROM accounts WHERE id NOT IN (SELECT account_id FROM demo_accounts)")
    long countOthers();

    /** An account that the dev environment made. */
    @MappedEntity("demo_accounts")
    record Demo(@Id @StoredAsText UUID accountId) {}
}
