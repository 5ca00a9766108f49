package dev.latchkey.campaign;

import java.util.List;

/** What a request of {@link Canaries} looks like; {@code ~} stands for its secret. */
record Secrecy(String method, String path, String type, String body, String header) {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Every place where somebody may put what opens an account, a client or a server. */
    static final List<Secrecy> ALL = List.of(
            json("POST", "/auth/login", "{\"email\":\"@\",\"password\":\"~\"}"),
            form("/auth/login", "grant_type=password&username=@&password=~"),
            json("POST", "/auth/signup", "{\"email\":\"new@\",\"password\":\"~\"}"),
            json("POST", "/auth/signup", "{\"email\":\"not an address\",\"password\":\"~\"}"),
            bearer("GET", "/profile/me"),
            bearer("POST", "/auth/logout"),
            bearer("GET", "/profile/me/export"),
            bearer("GET", "/profile/me/history"),
            bearer("POST", "/mcp"),
            bearer("POST", "/api/update/init"),
            bearer("GET", "/api/update/status/0"),
            bearer("GET", "/admin/accounts"),
            bearer("GET", "/prometheus"),
            json("PUT", "/profile/me/passphrase", "{\"current\":\"~\",\"new\":\"~\"}"),
            json("DELETE", "/profile/me", "{\"password\":\"~\"}"),
            json("POST", "/profile/me/email", "{\"email\":\"@\",\"password\":\"~\"}"),
            json("POST", "/api/update/load", "{\"token\":\"~\"}"),
            json("POST", "/api/update/save", "{\"token\":\"~\",\"passphrase\":\"~\"}"),
            json("POST", "/api/update/save", "{\"token\":[\"~\"],\"passphrase\":{\"~\":1}}"),
            form("/api/update/save", "token=~&passphrase=~"),
            json("POST", "/api/update/undo", "{\"token\":\"~\"}"),
            get("/edit/~"),
            get("/edit/~/saved"),
            form("/edit/~", "passphrase=~"),
            form("/edit/~/resend", ""),
            get("/undo/~"),
            form("/undo/~", ""),
            get("/confirm/~"),
            form("/confirm/~", "passphrase=~"),
            get("/email/~"),
            get("/keep/~"),
            get("/account/in/~"),
            form("/account/in/~", ""),
            get("/oauth/in/~"),
            get("/confirm_registration/~"),
            form("/account/sign-in", "identifier=@&passphrase=~"),
            cookie("/account"),
            cookie("/account/profile"),
            json("POST", "/login", "{\"email\":\"@\",\"password\":\"~\"}"),
            json("POST", "/register", "{\"email\":\"new@\",\"password\":\"~\"}"),
            json("POST", "/logout", "{\"session_key\":\"~\"}"),
            json("PUT", "/forget_password", "{\"email\":\"@\",\"session_key\":\"~\",\"new_password\":\"~\"}"),
            json("DELETE", "/user_mngt_user", "{\"email\":\"@\",\"session_key\":\"~\"}"),
            get("/user_mngt_user?email=@&session_key=~"),
            form("/oauth/token", "grant_type=authorization_code&code=~&code_verifier=~&client_id=a&client_secret=~"),
            form("/oauth/token", "grant_type=refresh_token&refresh_token=~&client_id=a"),
            form("/oauth/revoke", "token=~&client_secret=~"),
            json("POST", "/webhooks/mail/mailgun", "{\"signature\":{\"token\":\"~\",\"signature\":\"~\"}}"),
            json("POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"~\"}"));

    private static Secrecy json(String method, String path, String body) {
        return new Secrecy(method, path, JSON, body, "");
    }

    private static Secrecy form(String path, String body) {
        return new Secrecy("POST", path, FORM, body, "");
    }

    private static Secrecy get(String path) {
        return new Secrecy("GET", path, JSON, "", "");
    }

    private static Secrecy bearer(String method, String path) {
        return new Secrecy(method, path, JSON, method.equals("POST") ? "{}" : "", "Authorization: Bearer ~\r\n");
    }

    private static Secrecy cookie(String path) {
        return new Secrecy("GET", path, JSON, "", "Cookie: __Host-session=~; session=~\r\n");
    }

    /** As it goes over the wire. */
    String text(String secret, String email, String caller, String garbledBody) {
        String head = "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s: %s\r\nAccept: text/html, */*\r\n%s"
                .formatted(method, path, Servers.CALLER, caller, header);
        String content = garbledBody.isEmpty()
                ? ""
                : "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, garbledBody.length());
        return (head + content + "\r\n").replace("~", secret).replace("@", email) + garbledBody;
    }

    String body(String secret, String email) {
        return body.replace("~", secret).replace("@", email);
    }
}
