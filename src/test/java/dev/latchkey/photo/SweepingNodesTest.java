package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.database.Cleaning;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SignedIn;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several nodes on one PostgreSQL and one bucket, all of them sweeping while people save. */
@Execution(ExecutionMode.CONCURRENT)
final class SweepingNodesTest {
    private static final int NODES = 3;
    private static final int SWEEPERS_PER_NODE = 2;
    private static final int PEOPLE_PER_NODE = 3;
    private static final int PICTURES = 120;

    /** Within it a save is to be done, so that what it just stored is safe. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final List<EmbeddedServer> NODE = new ArrayList<>();
    private static final Map<String, byte[]> UPLOADS = new HashMap<>();

    /** Pictures that a sweeper has just said it is about to delete, the newest first. */
    private static final ConcurrentLinkedDeque<String> ABOUT_TO_BE_SWEPT = new ConcurrentLinkedDeque<>();

    private static S3Server s3;
    private static Map<String, Object> bucket;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong swept = new AtomicLong();
    private final AtomicInteger rescued = new AtomicInteger();

    @BeforeAll
    static void start() {
        s3 = new S3Server();
        bucket = s3.bucket();
        Map<String, Object> shared = new HashMap<>(bucket);
        shared.putAll(Database.POSTGRESQL.fresh());
        shared.put("latchkey.photos-per-hour", 1_000_000);
        shared.put("latchkey.photo-grace", GRACE);
        shared.put("latchkey.undo-lifetime", "1ms");
        shared.put("latchkey.secret", Base64.getEncoder().encodeToString(new byte[32]));
        for (int node = 0; node < NODES; node++) {
            NODE.add(Contexts.serve(shared, Map.of()));
        }
        for (int picture = 0; picture < PICTURES; picture++) {
            byte[] upload = Images.jpeg(16 + picture, 16 + picture / 2);
            UPLOADS.put(Images.processed(context(0), upload).hash(), upload);
        }
        s3.beforeDelete(key -> {
            if (key.startsWith("photos/")) {
                ABOUT_TO_BE_SWEPT.addFirst(key.substring("photos/".length()).replace(".jpg", ""));
            }
        });
    }

    @AfterAll
    static void stop() {
        NODE.forEach(EmbeddedServer::close);
        s3.close();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void neverDeletesWhatSomebodyShowsAndLeavesNoOrphan() throws Exception {
        Photos photos = context(0).getBean(Photos.class);
        for (byte[] upload : UPLOADS.values()) {
            photos.keep(Images.processed(context(0), upload));
        }
        List<Person> people = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < NODES; node++) {
                PhotoSweep sweep = sweep(node);
                // What an undo could bring back is kept until its time is over.
                Cleaning cleaning = context(node).getBean(Cleaning.class);
                for (int i = 0; i < SWEEPERS_PER_NODE; i++) {
                    running.add(threads.submit(() -> untilTheEnd(() -> {
                        cleaning.clean();
                        swept.addAndGet(sweep.sweep());
                    })));
                }
                for (int i = 0; i < PEOPLE_PER_NODE; i++) {
                    Person person = new Person(NODE.get(node), people.size());
                    people.add(person);
                    running.add(threads.submit(() -> untilTheEnd(person::showAnotherPicture)));
                }
            }
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> (swept.get() > PICTURES && rescued.get() > PICTURES)
                                || running.stream().anyMatch(Future::isDone));
            } finally {
                over.set(true);
            }
        }
        for (Future<?> each : running) {
            each.get();
        }

        Awaitility.await().untilAsserted(() -> {
            context(0).getBean(Cleaning.class).clean();
            sweep(0).sweep();
            assertThat(s3.keys(bucket))
                    .containsExactlyInAnyOrderElementsOf(
                            people.stream().map(Person::key).distinct().toList());
        });
        people.forEach(Person::assertShown);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void countsAPictureThatIsSavedAgainAsStoredNow() {
        Person person = new Person(NODE.getFirst(), 99);
        String hash = UPLOADS.keySet().iterator().next();
        person.show(hash);
        Instant first = storedAt(hash);

        Awaitility.await().until(() -> {
            person.show(hash);
            return storedAt(hash).isAfter(first);
        });
        person.me.send("DELETE", "/profile/me/photo", "");
    }

    private void untilTheEnd(Runnable work) {
        while (!over.get()) {
            work.run();
        }
    }

    private static PhotoSweep sweep(int node) {
        return context(node).getBean(PhotoSweep.class);
    }

    private static Instant storedAt(String hash) {
        return context(0)
                .getBean(StoredPhotos.class)
                .findById(hash)
                .orElseThrow()
                .storedAt();
    }

    private static ApplicationContext context(int node) {
        return NODE.get(node).getApplicationContext();
    }

    /** Somebody who changes their picture all the time, if possible to one that is being swept. */
    private final class Person {
        private final SignedIn me;
        private final Random random;
        private final List<String> pictures = List.copyOf(UPLOADS.keySet());
        private @Nullable String shown;

        Person(EmbeddedServer node, int number) {
            me = SignedIn.somebody(node);
            me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
            random = new Random(number);
        }

        void showAnotherPicture() {
            String next = ABOUT_TO_BE_SWEPT.pollFirst();
            if (next == null) {
                next = pictures.get(random.nextInt(pictures.size()));
            } else {
                rescued.incrementAndGet();
            }
            show(next);
            assertShown();
        }

        /** Again where the machine was too busy to save within the grace: nothing is promised then. */
        void show(String hash) {
            Instant late;
            do {
                late = Instant.now().plus(GRACE);
                Answer saved = me.upload("PUT", "/profile/me/photo", UPLOADS.get(hash));
                assertThat(saved.status()).as(() -> saved.text()).isEqualTo(200);
                assertThat(saved.text("photoUrl")).contains(hash);
            } while (Instant.now().isAfter(late));
            shown = hash;
        }

        void assertShown() {
            String url = me.get("/profile/me").text("photoUrl");
            assertThat(url).contains(shown);
            assertThat(me.get(URI.create(url).getPath()).status()).as(url).isEqualTo(200);
        }

        String key() {
            return "photos/" + shown + ".jpg";
        }
    }
}
