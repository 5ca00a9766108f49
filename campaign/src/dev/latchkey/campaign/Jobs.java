package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.SentLink;
import dev.latchkey.support.SmtpSink;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * People who each ask for a link, wait for its mail and save with it, many at once, while something breaks; and what each
 * was told, to be held against what is stored in the end.
 */
final class Jobs implements AutoCloseable {
    private static final Duration MAIL = Duration.ofSeconds(10);

    private final Door door;
    private final Set<Integer> refusals;
    private final SmtpSink sink;
    private final Findings findings;
    private final Queue<String> waiting;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger working;
    private final AtomicInteger successes = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean going = true;

    /** Who is asked. */
    @FunctionalInterface
    interface Door {
        Answer ask(Function<LatchkeyClient, Answer> request);
    }

    /** What one of them has been told so far; what is null was not tried, or got no answer. */
    static final class Job {
        final String email;
        volatile @Nullable Answer init;
        volatile @Nullable String token;
        volatile boolean tried;
        volatile @Nullable Answer save;

        /** When the answers were there, by {@link System#nanoTime}. */
        volatile long initAt;

        volatile long saveAt;

        Job(String email) {
            this.email = email;
        }

        String bio() {
            return "Saved by " + email;
        }

        boolean promised() {
            return statusOf(init) == 202;
        }

        static int statusOf(@Nullable Answer answer) {
            return answer == null ? 0 : answer.status();
        }
    }

    /**
     * Begins at once with so many callers, until everybody has had their turn or {@link #stop}.
     *
     * @param refusals statuses that may be answered beside success
     */
    Jobs(List<String> people, int callers, Door door, Set<Integer> refusals, SmtpSink sink, Findings findings) {
        this.door = door;
        this.refusals = refusals;
        this.sink = sink;
        this.findings = findings;
        waiting = new ConcurrentLinkedQueue<>(people);
        working = new AtomicInteger(callers);
        for (int i = 0; i < callers; i++) {
            threads.execute(() -> {
                try {
                    work();
                } finally {
                    working.decrementAndGet();
                }
            });
        }
    }

    /** Waits until so many requests have succeeded; less where everybody is through before. */
    void awaitSuccesses(int enough) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> successes.get() >= enough || ended());
    }

    /** Whether everybody is through. */
    boolean ended() {
        return working.get() == 0;
    }

    /** What everybody was told, once all are through. */
    List<Job> finish() {
        threads.close();
        return List.copyOf(jobs.values());
    }

    /** Lets nobody begin anything more, and says what everybody was told once all have their answer. */
    List<Job> stop() {
        going = false;
        return finish();
    }

    @Override
    public void close() {
        stop();
    }

    private void work() {
        for (String email = waiting.poll(); email != null && going; email = waiting.poll()) {
            Job job = new Job(email);
            jobs.put(email, job);
            doAll(job);
        }
    }

    private void doAll(Job job) {
        job.init = answer(client -> client.init(job.email), 202);
        job.initAt = System.nanoTime();
        if (job.promised()) {
            job.token = tokenFor(job.email);
        }
        String token = job.token;
        if (token != null && going) {
            job.tried = true;
            job.save = answer(client -> client.save(Map.of("token", token, "bio", job.bio())), 200);
            job.saveAt = System.nanoTime();
        }
    }

    private @Nullable Answer answer(Function<LatchkeyClient, Answer> request, int success) {
        try {
            Answer answer = door.ask(request);
            findings.count("answers " + answer.status());
            if (answer.status() == success) {
                successes.incrementAndGet();
            } else {
                findings.promise(refusals.contains(answer.status()), "answered %d: %s", answer.status(), answer.text());
            }
            return answer;
        } catch (UncheckedIOException e) {
            findings.count("requests without an answer");
            return null;
        }
    }

    private @Nullable String tokenFor(String email) {
        try {
            return await()
                    .atMost(MAIL)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> SentLink.to(email, sink), mails -> !mails.isEmpty() || !going)
                    .stream()
                    .findFirst()
                    .map(SentLink::token)
                    .orElse(null);
        } catch (ConditionTimeoutException e) {
            return null;
        }
    }
}
