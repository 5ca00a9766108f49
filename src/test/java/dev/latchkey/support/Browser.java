package dev.latchkey.support;

import io.micronaut.runtime.server.EmbeddedServer;
import java.net.HttpCookie;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A browser without script that keeps the cookie of who is signed in, and sends forms as the pages made them. */
public final class Browser {
    private final Api api;
    private @Nullable HttpCookie cookie;

    public Browser(EmbeddedServer server) {
        api = Api.browser(server);
    }

    public Answer get(String path, String... headers) {
        return kept(api.get(path, withCookie(headers)));
    }

    /** Sends a form of a page that carries no secret of a session. */
    public Answer form(String path, Map<String, String> fields, String... headers) {
        return kept(api.form(path, fields, withCookie(headers)));
    }

    /** Sends a form of a page of one's own. */
    public Answer ownForm(String path, Map<String, String> fields, String... headers) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("csrf", csrf());
        return form(path, all, headers);
    }

    /** What the forms of this session carry. */
    public String csrf() {
        return get("/account").html().expectFirst("input[name=csrf]").attr("value");
    }

    /** The value of the cookie; empty when there is none. */
    public String cookie() {
        return cookie == null ? "" : cookie.getValue();
    }

    /** Puts a cookie into the browser, as somebody else might. */
    public void plant(String name, String value) {
        cookie = new HttpCookie(name, value);
    }

    public boolean isSignedIn() {
        return get("/account/upgrade").status() == 200;
    }

    private String[] withCookie(String... headers) {
        return cookie == null
                ? headers
                : Stream.concat(Stream.of("Cookie", cookie.getName() + "=" + cookie.getValue()), Stream.of(headers))
                        .toArray(String[]::new);
    }

    private Answer kept(Answer answer) {
        answer.response().headers().allValues("Set-Cookie").stream()
                .flatMap(header -> HttpCookie.parse(header).stream())
                .forEach(set -> cookie = set.getMaxAge() == 0 ? null : set);
        return answer;
    }
}
