package dev.latchkey.support;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.session.AccessTokenService;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** Somebody who calls the account API with a bearer token. */
public final class SignedIn extends Api {
    private final Account account;

    private SignedIn(EmbeddedServer server, Account account, String token) {
        super(server, "Authorization", "Bearer " + token);
        this.account = account;
    }

    /** Somebody new who proved their mailbox and has no profile. */
    public static SignedIn somebody(EmbeddedServer server) {
        Account stranger = People.somebody(server.getApplicationContext());
        // Only who has a passphrase can sign in; hashing one is not what these tests are about.
        Account account = stranger.withPassphraseHash("no hash of anything");
        server.getApplicationContext()
                .getBean(Accounts.class)
                .updatePassphraseHash(account.id(), account.passphraseHash());
        String token = server.getApplicationContext()
                .getBean(AccessTokenService.class)
                .issue(account, "")
                .orElseThrow()
                .text();
        return new SignedIn(server, account, token);
    }

    public Account account() {
        return account;
    }

    /** Uploads a photo as a form. */
    public Answer upload(String method, String path, byte[] photo, String... headers) {
        return upload(method, path, Map.of(), photo, headers);
    }
}
