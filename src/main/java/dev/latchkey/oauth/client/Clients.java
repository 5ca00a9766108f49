package dev.latchkey.oauth.client;

import dev.latchkey.config.OAuthSettings;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.ClientFile;
import dev.latchkey.limit.CallerAddress;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows the clients: first the operator's own, then by the form of their ids those that publish or registered themselves. */
@Singleton
public final class Clients {
    private final Map<String, OAuthClient> predefined;
    private final ClientDocuments documents;
    private final ClientRegistration registered;

    Clients(OAuthSettings settings, ClientDocuments documents, ClientRegistration registered) {
        this.predefined = ClientFile.read(settings.oauthClients()).stream()
                .map(Clients::predefined)
                .collect(Collectors.toUnmodifiableMap(OAuthClient::id, Function.identity()));
        this.documents = documents;
        this.registered = registered;
    }

    private static OAuthClient predefined(ClientDescription told) {
        return OAuthClient.of(Objects.requireNonNull(told.id(), "the file was checked at the start"), told);
    }

    /**
     * The client of this id, which may have to be fetched for it: call it outside of transactions.
     *
     * @param caller on whose behalf it is fetched
     */
    public Found find(String id, CallerAddress caller) {
        OAuthClient known = predefined.get(id);
        if (known != null) {
            return new Found.Client(known);
        }
        if (ClientDocumentAddress.isMeant(id)) {
            return ClientDocumentAddress.parse(id)
                    .map(address -> documents.find(address, caller))
                    .orElseGet(Found.Unknown::new);
        }
        return registered.find(id).<Found>map(Found.Client::new).orElseGet(Found.Unknown::new);
    }

    /**
     * Whether a client that calls by itself is who it says. A published one can prove no more than that it knows the code
     * and its verifier, or the refresh token; nothing is fetched to find that out.
     *
     * @param secret that it presents; absent where it presents none
     */
    public boolean authenticate(String id, @Nullable String secret) {
        OAuthClient known = predefined.get(id);
        if (known != null) {
            return known.isProvenBy(secret);
        }
        return secret == null
                && (ClientDocumentAddress.isMeant(id)
                        ? ClientDocumentAddress.parse(id).isPresent()
                        : registered.find(id).isPresent());
    }

    /** Notes that a client got tokens, which keeps a registered one from being forgotten. */
    public void noteUse(String id) {
        if (!predefined.containsKey(id) && !ClientDocumentAddress.isMeant(id)) {
            registered.noteUse(id);
        }
    }

    /** What is known about an id. */
    public sealed interface Found {

        /** The client itself. */
        record Client(OAuthClient client) implements Found {}

        /** There is none, or what it publishes is not what it must be. */
        record Unknown() implements Found {}

        /** What it publishes cannot be had at the moment. */
        record Unreachable() implements Found {}
    }
}
