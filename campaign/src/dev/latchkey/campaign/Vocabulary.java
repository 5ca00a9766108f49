package dev.latchkey.campaign;

import java.util.List;

/** The words that {@link FuzzedRequests} makes its requests of: those that mean something here, and some that never should. */
final class Vocabulary {
    /** Beside those of the documents. */
    static final List<String> PAGES = List.of("""
            / /link /edit/{token} /edit/{token}/time /edit/{token}/forget /edit/{token}/saved /edit/{token}/undo
            /edit/{token}/undone /edit/{token}/resend /edit/{token}/upgrade /edit/{token}/nickname
            /edit/{token}/kept.jpg /edit/{token}/proposed.jpg /confirm/{token} /confirm/{token}/done
            /confirm/{token}/resend /undo/{token} /undo/{token}/done /email/{token} /email/{token}/done
            /keep/{token} /keep/{token}/done /account /account/link /account/sign-in /account/sign-out
            /account/in/{token} /account/profile /account/profile/nickname /account/sessions
            /account/sessions/end /account/email /account/history /account/delete /account/export
            /account/assistants /account/upgrade /oauth/authorize /oauth/in/{token} /oauth/token /oauth/revoke
            /oauth/register /mcp /language /photos/{hash}.jpg /problems/{slug} /docs /docs/{name} /robots.txt
            /webhooks/mail/ses /webhooks/mail/sendgrid /webhooks/mail/mailgun /webhooks/mail/postmark
            /.well-known/change-password /.well-known/oauth-authorization-server /mcp/server-card
            /assets/brand.css /assets/latchkey.css /health/liveness /prometheus /privacy
            """.strip().split("\\s+"));

    static final List<String> FIELDS = List.of("""
            email pin token version locale passphrase bio name nickname pronouns removePhoto password current
            new consent proposal openaiFileIdRefs session_key new_password confirm_new_password username
            grant_type code code_verifier client_id client_secret refresh_token redirect_uri redirect_uris
            response_type code_challenge code_challenge_method scope state resource jsonrpc id method params
            arguments identifier language to csrf photo cursor count Type Message signature
            """.strip().split("\\s+"));

    static final List<String> VALUES = """
            null
            true
            false
            0
            -1
            1e400
            100000001
            100000001.0
            ""
            "a@b.example"
            "\\u0000"
            "\\ud800"
            "pt-br"
            "2.0"
            "tools/call"
            "initialize"
            []
            {}
            [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]
            {"bio":"x"}
            "{\\"bio\\":\\"x\\"}"
            [{"download_link":"https://example.com/a"}]
            "authorization_code"
            "S256"
            "https://client.example.com/callback"
            "\u202e\u0130\u00df"
            """.lines().toList();

    static final List<String> HEADERS = """
            Accept: text/html
            Accept: application/json
            Accept: ;q=
            Accept: text/event-stream
            Accept-Language: de;q=0.5, pt-BR;q=nan
            Range: bytes=-1,5-1
            If-Match: W/"1"
            If-Match: *
            If-None-Match: "
            If-Modified-Since: never
            Expect: 100-continue
            Origin: null
            Origin: https://evil.example
            Sec-Fetch-Site: cross-site
            Access-Control-Request-Method: PUT
            Cookie: __Host-session=a.b; =; x
            Forwarded: for="[::1"
            X-Forwarded-For: 1.2.3.4.5
            Mcp-Protocol-Version: 2026-07-28
            Mcp-Session-Id: 1
            traceparent: 00-0-0-0
            Content-Encoding: gzip
            Transfer-Encoding: chunked
            Upgrade: h2c
            Authorization: Basic Og==
            Authorization: Bearer eyJhbGciOiJub25lIn0.e30.
            User-Agent: \u00ff
            """.lines().toList();

    static final List<String> METHODS =
            List.of("GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "QUERY");

    static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "multipart/form-data",
            "text/plain",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded; charset=x",
            "*/*",
            "");

    private Vocabulary() {}
}
