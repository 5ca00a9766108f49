package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.StallingRelay;
import dev.latchkey.support.StallingRelay.Behaviour;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A store that takes connections and then leaves its callers waiting, seen from every door a photo comes in by. */
@Execution(ExecutionMode.CONCURRENT)
final class StallingStoreTest {
    /** What all attempts together may take, and a little for everything else. */
    private static final Duration PATIENCE = Buckets.FOR_ALL_ATTEMPTS.plusSeconds(2);

    private static final byte[] PHOTO = Images.jpeg(320, 240);

    private static S3Server s3;
    private static StallingRelay relay;
    private static Map<String, Object> bucket;
    private static Client client;
    private static ApplicationContext context;

    private Account editing;
    private Account saving;
    private SignedIn me;
    private String editToken;
    private String saveToken;

    @BeforeAll
    static void start() {
        s3 = new S3Server();
        bucket = new HashMap<>(s3.bucket());
        relay = new StallingRelay(URI.create(bucket.get("latchkey.s3.endpoint").toString()));
        bucket.put("latchkey.s3.endpoint", relay.origin());
        client = Client.on(Database.SQLITE.fresh(), bucket);
        context = client.server().getApplicationContext();
    }

    @AfterAll
    static void stop() {
        client.server().close();
        relay.close();
        s3.close();
    }

    @BeforeEach
    void meetPeople() {
        relay.set(Behaviour.PASSES);
        editing = People.somebody(context);
        editToken = Links.fresh(context, editing);
        saving = People.somebody(context);
        saveToken = Links.fresh(context, saving);
        me = SignedIn.somebody(client.server());
        me.send("POST", "/profile/me", "{\"bio\":\"Before.\"}");
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = "PASSES", mode = Mode.EXCLUDE)
    @DisplayName("A store that leaves me waiting is unavailable soon, loses nothing, and the same link saves later")
    @Execution(ExecutionMode.SAME_THREAD)
    void isUnavailableInTime(Behaviour stall) {
        String shown =
                me.upload("PUT", "/profile/me/photo", Images.jpeg(33, 44)).text("photoUrl");
        String mine = me.get("/profile/me").json().toString();
        relay.set(stall);

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Answer> edit = inTime(this::edit, callers);
            CompletableFuture<Answer> save = inTime(this::save, callers);
            CompletableFuture<Answer> put = inTime(this::put, callers);
            CompletableFuture<Answer> look =
                    inTime(() -> me.get(URI.create(shown).getPath()), callers);

            // Whatever needs no photo is answered meanwhile.
            assertThat(me.get("/profile/me").json().toString()).isEqualTo(mine);
            assertThat(look.isDone()).isFalse();

            assertThat(edit.join().status()).isEqualTo(503);
            assertThat(edit.join().header("Retry-After")).isNotEmpty();
            assertThat(edit.join().text()).contains("Typed on the page.");
            assertThat(save.join().status()).isEqualTo(503);
            assertThat(save.join().text("type")).isEqualTo("/problems/unavailable");
            assertThat(save.join().header("Retry-After")).isNotEmpty();
            assertThat(put.join().status()).isEqualTo(503);
            assertThat(put.join().text("type")).isEqualTo("/problems/unavailable");
            assertThat(look.join().status()).isEqualTo(503);
        }

        assertThat(me.get("/profile/me").json().toString()).isEqualTo(mine);
        for (String token : new String[] {editToken, saveToken}) {
            Answer loaded = client.post("/api/update/load", Map.of("token", token));
            assertThat(loaded.status()).isEqualTo(200);
            assertThat(loaded.text("bio")).isEqualTo("null");
            assertThat(loaded.text("photoUrl")).isEqualTo("null");
            assertThat(loaded.text("version")).isEqualTo("0");
        }

        relay.set(Behaviour.PASSES);
        assertThat(edit().status()).isEqualTo(303);
        assertThat(save().status()).isEqualTo(200);
        String url = put().text("photoUrl");
        assertThat(me.get(URI.create(url).getPath()).status()).isEqualTo(200);
        for (Account account : new Account[] {editing, saving}) {
            assertThat(client.post("/api/update/load", Map.of("token", Links.fresh(context, account)))
                            .text("photoUrl"))
                    .isEqualTo(url);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = "NEVER_ANSWERS")
    @DisplayName("A start in front of a store that never answers ends with a sentence")
    @Execution(ExecutionMode.SAME_THREAD)
    void refusesToStart(Behaviour stall) {
        relay.set(stall);

        assertThatThrownBy(() -> context.getBean(BucketCheck.class).check())
                .isInstanceOf(UnusableSetting.class)
                .hasMessageStartingWith("LATCHKEY_S3_ENDPOINT: the store cannot be asked for the bucket (");
    }

    private Answer edit() {
        return client.upload(
                "POST", "/edit/" + editToken, Map.of("bio", "Typed on the page."), PHOTO, "Accept", "text/html");
    }

    private Answer save() {
        return client.upload("POST", "/api/update/save", Map.of("token", saveToken, "bio", "Said."), PHOTO);
    }

    private Answer put() {
        return me.upload("PUT", "/profile/me/photo", PHOTO);
    }

    private static <T> CompletableFuture<T> inTime(Supplier<T> call, ExecutorService callers) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long start = System.nanoTime();
                    T answer = call.get();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
                    return answer;
                },
                callers);
    }
}
