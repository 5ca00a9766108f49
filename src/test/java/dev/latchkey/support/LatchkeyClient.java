package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

/** Calls a running jar over HTTP as an assistant and as a front end do. */
public final class LatchkeyClient extends Api {
    public LatchkeyClient(LatchkeyJar jar) {
        super(URI.create(jar.origin()));
    }

    /** Init as the assistant sends it, whatever comes back. */
    public Answer init(String email) {
        return init(Map.of("email", email));
    }

    private Answer init(Map<String, ?> body) {
        return action("/api/update/init", body);
    }

    /** Init that must be accepted. */
    public Answer accepted(String email) {
        return accepted(email, Map.of());
    }

    /** The same with a draft for the page. */
    public Answer accepted(String email, Map<String, String> proposal) {
        Answer answer = init(Map.of("email", email, "proposal", proposal));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer;
    }

    public Answer load(String token) {
        return post("/api/update/load", Map.of("token", token));
    }

    /** Save with the token among the fields. */
    public Answer save(Map<String, ?> fields) {
        return post("/api/update/save", fields);
    }

    /** Save as a form with a photo. */
    public Answer save(Map<String, String> fields, byte[] photo) {
        return upload("POST", "/api/update/save", fields, photo);
    }
}
