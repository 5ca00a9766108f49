package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.Sql;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class UpgradeTest {
    private final EmbeddedServer server;
    private final SignedIn me;

    UpgradeTest(Database database) {
        server = Contexts.server(database, Map.of());
        me = SignedIn.somebody(server);
    }

    @Test
    @DisplayName("I am told what is missing until nothing is, then I am PRO and stay it")
    void upgradesWhoHasEverything() {
        assertThat(upgrade().text("detail"))
                .isEqualTo("The account cannot become PRO yet. Still missing: a nickname, a bio, a photo.");
        me.send("POST", "/profile/me", "{\"nickname\":\"otter\",\"bio\":\"  \"}");
        assertThat(missing(upgrade())).containsExactly("bio", "photo");
        me.send("PUT", "/profile/me", "{\"bio\":\"Hello.\"}");
        assertThat(missing(upgrade())).containsExactly("photo");
        assertThat(me.get("/profile/me").text("tier")).isEqualTo("FREE");
        assertThat(me.upload("PUT", "/profile/me/photo", Images.jpeg(40, 30)).status())
                .isEqualTo(200);

        for (int i = 0; i < 2; i++) {
            Answer answer = upgrade();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"tier\":\"PRO\"}");
        }
        assertThat(me.get("/profile/me").text("tier")).isEqualTo("PRO");
        String token = Links.fresh(server.getApplicationContext(), me.account());
        assertThat(me.send("POST", "/api/update/load", "{\"token\":\"" + token + "\"}")
                        .text("tier"))
                .isEqualTo("PRO");
        assertThat(me.get("/edit/" + token).text()).contains("<dd><span>PRO</span>");
    }

    @Test
    @DisplayName("With the proof of my mailbox I lose PRO, and a new proof alone does not bring it back")
    @Asvs("2.2.3")
    void demotesWhoLosesTheVerifiedAddress() {
        me.send("POST", "/profile/me", "{\"nickname\":\"beaver\",\"bio\":\"Hello.\"}");
        me.upload("PUT", "/profile/me/photo", Images.jpeg(40, 30));
        assertThat(upgrade().status()).isEqualTo(200);
        Accounts accounts = server.getApplicationContext().getBean(Accounts.class);

        Sql.run(
                server.getApplicationContext(),
                "UPDATE accounts SET email_verified_at = NULL WHERE id = '"
                        + me.account().id() + "'");

        assertThat(me.get("/profile/me").text("tier")).isEqualTo("FREE");
        assertThat(missing(upgrade())).containsExactly("emailVerified");
        assertThat(upgrade().text("detail"))
                .isEqualTo("The account cannot become PRO yet. Still missing: a confirmed email address.");
        assertThat(accounts.markVerified(me.account().id(), Instant.EPOCH)).isOne();
        assertThat(accounts.findById(me.account().id()).orElseThrow().tier()).isEqualTo(Tier.FREE);
        assertThat(upgrade().status()).isEqualTo(200);
    }

    private Answer upgrade() {
        return me.send("POST", "/profile/me/upgrade", "");
    }

    private static List<String> missing(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("type")).isEqualTo("/problems/upgrade-not-possible");
        List<String> keys = new ArrayList<>();
        answer.json().get("missing").forEach(key -> keys.add(key.asText()));
        return keys;
    }
}
