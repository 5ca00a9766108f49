package dev.latchkey.journey;

import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.Secrets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jar in the dev environment, as the README starts it, shared by all stories; each story has a person of its own. */
final class DevServer {
    private static final String PLENTY = "1000";

    private static @Nullable DevServer shared;

    final LatchkeyJar jar;
    final LatchkeyClient client;
    final Residents residents;
    final Secrets secrets = new Secrets();

    private DevServer() {
        jar = LatchkeyJar.dev(Map.of(
                "LATCHKEY_LINKS_PER_MINUTE", PLENTY,
                "LATCHKEY_LINKS_PER_HOUR", PLENTY,
                "LATCHKEY_ACTION_KEY_LINKS_PER_HOUR", PLENTY,
                "LATCHKEY_OAUTH_REGISTRATION", "true"));
        client = new LatchkeyClient(jar);
        residents = new Residents(jar);
    }

    static synchronized DevServer shared() {
        if (shared == null) {
            shared = new DevServer();
        }
        return shared;
    }

    String origin() {
        return jar.origin();
    }

    /** The address of the edit page behind a link that has just been mailed. */
    String freshLink(String email) {
        return origin() + "/edit/" + freshToken(email);
    }

    /** The same with a draft from the chat, and a portrait in it. */
    String freshLink(String email, Map<String, String> proposal, byte[] portrait) {
        String token = secrets.keep(new DevMailbox(client, email).freshToken(proposal));
        residents.proposePhoto(email, portrait);
        return origin() + "/edit/" + token;
    }

    String freshToken(String email) {
        return secrets.keep(new DevMailbox(client, email).freshToken());
    }
}
