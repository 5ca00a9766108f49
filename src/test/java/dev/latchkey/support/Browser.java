package dev.latchkey.support;

import io.micronaut.runtime.server.EmbeddedServer;
import java.net.HttpCookie;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A browser without script that keeps its cookies, and sends forms as the pages made them. */
public final class Browser {
    private static final String SESSION = "latchkey";

    private final Api api;
    private final Map<String, HttpCookie> cookies = new LinkedHashMap<>();

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

    /** Sends a form of a page that carries no secret of a session, with a photo. */
    public Answer upload(String path, Map<String, String> fields, byte[] photo, String... headers) {
        return kept(api.upload("POST", path, fields, photo, withCookie(headers)));
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

    /** The value of the cookie of who is signed in; empty when there is none. */
    public String cookie() {
        return cookies.values().stream()
                .filter(cookie -> cookie.getName().endsWith(SESSION))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Puts a cookie into the browser in place of all others, as somebody else might. */
    public void plant(String name, String value) {
        cookies.clear();
        cookies.put(name, new HttpCookie(name, value));
    }

    public boolean isSignedIn() {
        return get("/account/upgrade").status() == 200;
    }

    private String[] withCookie(String... headers) {
        String all = cookies.values().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return all.isEmpty()
                ? headers
                : Stream.concat(Stream.of("Cookie", all), Stream.of(headers)).toArray(String[]::new);
    }

    private Answer kept(Answer answer) {
        answer.response().headers().allValues("Set-Cookie").stream()
                .flatMap(header -> HttpCookie.parse(header).stream())
                .forEach(set -> {
                    if (set.getMaxAge() == 0) {
                        cookies.remove(set.getName());
                    } else {
                        cookies.put(set.getName(), set);
                    }
                });
        return answer;
    }
}
