package dev.latchkey.oauth.client;

import dev.latchkey.config.OAuthSettings;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.ClientFile;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Knows the clients: first the operator's own, then by the form of their ids those that publish or registered themselves. */
@Singleton
public final class Clients {
    static final int WRONG_PER_HOUR = 30;

    private final Map<String, OAuthClient> predefined;
    private final ClientDocuments documents;
    private final ClientRegistration registered;
    private final RateLimits limits;

    Clients(OAuthSettings settings, ClientDocuments documents, ClientRegistration registered, RateLimits limits) {
        this.predefined = ClientFile.read(settings.oauthClients()).stream()
                .map(Clients::predefined)
                .collect(Collectors.toUnmodifiableMap(OAuthClient::id, Function.identity()));
        this.documents = documents;
        this.registered = registered;
        this.limits = limits;
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
            Optional<ClientDocumentAddress> address = ClientDocumentAddress.parse(id);
            return address.isPresent() ? documents.find(address.get(), caller) : new Found.Unknown();
        }
        return registered.find(id).<Found>map(Found.Client::new).orElseGet(Found.Unknown::new);
    }

    /**
     * Whether a client that calls by itself is who it says. A published one can prove no more than that it knows the code
     * and its verifier, or the refresh token; nothing is fetched to find that out.
     *
     * @param secrets how the secret that it presents may be read; none where it presents none
     */
    public Proof authenticate(String id, Set<String> secrets, CallerAddress caller) {
        OAuthClient known = predefined.get(id);
        if (known != null && known.hasSecret()) {
            return secrets.isEmpty() ? new Proof.Refused() : guess(known, secrets, caller);
        }
        boolean exists = known != null
                || (ClientDocumentAddress.isMeant(id)
                        ? ClientDocumentAddress.parse(id).isPresent()
                        : registered.find(id).isPresent());
        return secrets.isEmpty() && exists ? new Proof.Given() : new Proof.Refused();
    }

    /** Wrong ones are few within an hour, for each place that they come from; the right one costs nothing. */
    private Proof guess(OAuthClient client, Set<String> secrets, CallerAddress caller) {
        Budget budget = Budget.perHour("client-secret", client.id() + " " + caller.value(), WRONG_PER_HOUR);
        Optional<Duration> wait = limits.take(budget);
        if (wait.isPresent()) {
            return new Proof.SlowedDown(wait.get());
        }
        if (!client.isProvenBy(secrets)) {
            return new Proof.Refused();
        }
        limits.giveBack(budget);
        return new Proof.Given();
    }

    /** Notes that a client got tokens, which keeps a registered one from being forgotten. */
    public void noteUse(String id) {
        if (!predefined.containsKey(id) && !ClientDocumentAddress.isMeant(id)) {
            registered.noteUse(id);
        }
    }

    /** Whether a client is who it says. */
    public sealed interface Proof {

        /** It is, as far as such a client can prove. */
        record Given() implements Proof {}

        /** It is not, or proves itself in another way than it may. */
        record Refused() implements Proof {}

        /** Nobody looked: too many wrong secrets came from there. */
        record SlowedDown(Duration retryAfter) implements Proof {}
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
