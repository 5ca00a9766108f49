package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.DeadLinks;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.http.BearerKeys;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.oauth.Grant;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.Grants;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls and whether they may: the resource server of OAuth 2.1 (RFC 6750 and RFC 9728, as the protocol's chapter
 * on authorization has them).
 */
@Singleton
final class McpAccess {
    private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";
    private static final Set<GrantScope> ALL = EnumSet.of(GrantScope.READ, GrantScope.PROPOSE);

    private final CallerAddressResolver addresses;
    private final Grants grants;
    private final DeadLinks owners;
    private final BaseUrl baseUrl;
    private final AssistantTexts texts;

    McpAccess(CallerAddressResolver addresses, Grants grants, DeadLinks owners, BaseUrl baseUrl, AssistantTexts texts) {
        this.addresses = addresses;
        this.grants = grants;
        this.owners = owners;
        this.baseUrl = baseUrl;
        this.texts = texts;
    }

    /** Who calls; from here on they are answered in their language. */
    McpCaller callerOf(HttpRequest<?> request) {
        Grant grant = BearerKeys.presented(request).flatMap(grants::find).orElse(null);
        if (grant != null) {
            owners.speakTo(request, grant.account().id());
        }
        boolean presented = request.getHeaders().contains(HttpHeaders.AUTHORIZATION);
        return new McpCaller(addresses.of(request), grant, presented && grant == null);
    }

    /** Refuses whoever presented something that opens nothing, whatever they call, and whoever may not do what they call. */
    void require(McpCaller caller, Set<GrantScope> needed) {
        RpcError refusal = refusal(caller, needed);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Why somebody may not do what needs these scopes; absent when they may. */
    @Nullable
    RpcError refusal(McpCaller caller, Set<GrantScope> needed) {
        if (caller.refused()) {
            return RpcError.unauthorized(challenge(ALL) + ", error=\"invalid_token\"", texts.text("access.invalid"));
        }
        Grant grant = caller.grant();
        if (grant == null) {
            return needed.isEmpty() ? null : RpcError.unauthorized(challenge(needed), texts.text("access.missing"));
        }
        return grant.scopes().containsAll(needed)
                ? null
                : RpcError.forbidden(challenge(needed) + ", error=\"insufficient_scope\"", texts.text("access.scope"));
    }

    private String challenge(Set<GrantScope> scopes) {
        return "Bearer resource_metadata=\"" + baseUrl.resolve(METADATA) + "\", scope=\"" + GrantScope.text(scopes)
                + "\"";
    }
}
