package dev.latchkey.oauth.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.oauth.client.Clients.Found;
import dev.latchkey.remote.RemoteFiles;
import dev.latchkey.remote.RemoteFiles.Fetched;
import dev.latchkey.remote.RemoteFiles.Reason;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.minidev.json.JSONObject;

/**
 * The documents in which clients say who they are (draft-ietf-oauth-client-id-metadata-document), fetched when somebody
 * asks in their name and kept for a while. Anybody can name any address, so one caller and one host have few fetches at a
 * time, and a caller few within an hour; who asks for what is just being fetched waits for that.
 */
@Singleton
final class ClientDocuments {
    static final int MOST_BYTES = 10 << 10;
    static final int PER_CALLER_AND_HOUR = 120;
    static final int AT_ONCE = 30;

    private final RemoteFiles files;
    private final RateLimits limits;
    private final DocumentCache kept;
    private final Turns turns = new Turns();
    private final ConcurrentMap<String, CompletableFuture<Found>> fetching = new ConcurrentHashMap<>();

    ClientDocuments(RemoteFiles files, RateLimits limits, Clock clock) {
        this.files = files;
        this.limits = limits;
        this.kept = new DocumentCache(clock);
    }

    Found find(ClientDocumentAddress address, CallerAddress caller) {
        return kept.find(address.text()).<Found>map(Found.Client::new).orElseGet(() -> fetchOnce(address, caller));
    }

    private Found fetchOnce(ClientDocumentAddress address, CallerAddress caller) {
        CompletableFuture<Found> own = new CompletableFuture<>();
        CompletableFuture<Found> others = fetching.putIfAbsent(address.text(), own);
        if (others != null) {
            return others.join();
        }
        Found found = new Found.Unreachable();
        try {
            found = fetchInTurn(address, caller);
        } finally {
            fetching.remove(address.text());
            own.complete(found);
        }
        return found;
    }

    private Found fetchInTurn(ClientDocumentAddress address, CallerAddress caller) {
        if (!turns.take(address.host(), caller)) {
            return new Found.Unreachable();
        }
        try {
            Budget budget = Budget.perHour("client-document", caller.value(), PER_CALLER_AND_HOUR, AT_ONCE);
            return limits.take(budget).isPresent() ? new Found.Unreachable() : fetch(address);
        } finally {
            turns.giveBack(address.host(), caller);
        }
    }

    private Found fetch(ClientDocumentAddress address) {
        return switch (files.fetch(address.uri(), "application/json", MOST_BYTES)) {
            case Fetched.File file -> read(address, file);
            case Fetched.Refused refused ->
                refused.reason() == Reason.UNREACHABLE ? new Found.Unreachable() : new Found.Unknown();
        };
    }

    /** What is wrong is not kept (section 4.4), so that it can be mended at once. */
    private Found read(ClientDocumentAddress address, Fetched.File file) {
        try {
            OAuthClient client = client(address, file.bytes());
            kept.keep(client, file.cacheControl());
            return new Found.Client(client);
        } catch (ParseException | CharacterCodingException e) {
            return new Found.Unknown();
        }
    }

    private static OAuthClient client(ClientDocumentAddress address, byte[] bytes)
            throws ParseException, CharacterCodingException {
        JSONObject json = JSONObjectUtils.parse(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString());
        ClientDescription told = ClientDescription.parse(json);
        if (!address.text().equals(told.id())) {
            throw new ParseException("It speaks of another client");
        }
        if (json.containsKey("client_secret") || json.containsKey("client_secret_expires_at")) {
            throw new ParseException("What everybody can read is no secret");
        }
        if (!told.methods().isEmpty() && !told.methods().contains(ClientAuthenticationMethod.NONE)) {
            throw new ParseException("It could not prove itself here");
        }
        return OAuthClient.of(address.text(), told);
    }
}
