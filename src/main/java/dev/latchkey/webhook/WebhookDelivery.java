package dev.latchkey.webhook;

import dev.latchkey.config.MailSettings;
import dev.latchkey.config.operating.WebhookSettings;
import dev.latchkey.mail.ClaimedMessage;
import dev.latchkey.mail.WorkerLoop;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events, from the start of this process's server until its end: one thread claims a batch, and others post it,
 * those of one account one after another. Only when a batch is done, the next one is claimed.
 */
@Singleton
@Requires(property = WebhookSettings.URL, pattern = "\\s*\\S.*")
class WebhookDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);

    /** Enough to make the claim's commit cheap for each, few enough to wait for. */
    private static final int BATCH = 64;

    /** A stop waits so long for events that are under way; what is not done by then is sent again after its lease. */
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    private final WebhookClaims claims;
    private final WebhookSender sender;
    private final EndpointPause pause;
    private final WebhookSignals signals;
    private final Duration pollInterval;

    /** Claimed and not begun with; whoever takes one out of here has it. */
    private final Set<ClaimedMessage> unbegun = ConcurrentHashMap.newKeySet();

    private volatile boolean open;
    private long polledAt = System.nanoTime();
    private @Nullable ExecutorService threads;
    private Future<?> claiming = CompletableFuture.completedFuture(null);

    WebhookDelivery(
            WebhookClaims claims,
            WebhookSender sender,
            EndpointPause pause,
            WebhookSignals signals,
            MailSettings settings) {
        this.claims = claims;
        this.sender = sender;
        this.pause = pause;
        this.signals = signals;
        this.pollInterval = settings.mailPollInterval();
    }

    @EventListener
    void onStart(ServerStartupEvent event) {
        start();
    }

    /** Begins to send; does nothing when it has begun already. */
    synchronized void start() {
        if (threads == null) {
            open = true;
            ExecutorService all = Executors.newFixedThreadPool(
                    Endpoint.CONNECTIONS + 1,
                    Thread.ofVirtual().name("webhook-", 0).factory());
            threads = all;
            claiming = all.submit(() -> WorkerLoop.run(() -> goOn(all), trouble -> LOG.warn("Events wait", trouble)));
        }
    }

    /** Finishes the events that are under way and gives back those that were only claimed. */
    @PreDestroy
    synchronized void stop() {
        ExecutorService all = threads;
        if (all == null) {
            return;
        }
        threads = null;
        open = false;
        signals.wake();
        try {
            for (ClaimedMessage event : unbegun) {
                begin(event);
            }
            claiming.get(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("The endpoint is slow: what it has not answered is sent again", e);
        } finally {
            all.shutdownNow();
        }
    }

    private boolean goOn(ExecutorService workers) throws InterruptedException {
        if (open) {
            round(workers);
        }
        return open;
    }

    private void round(ExecutorService workers) throws InterruptedException {
        signals.await(pollInterval);
        if (System.nanoTime() - polledAt >= pollInterval.toNanos()) {
            polledAt = System.nanoTime();
            claims.bringForward();
        }
        boolean more = true;
        while (more && open && !pause.lasts() && claims.anyDueFor(Duration.ZERO)) {
            int most = pause.failures() == 0 ? BATCH : 1;
            List<ClaimedMessage> batch = claims.claim(most);
            send(batch, workers);
            more = batch.size() == most;
        }
    }

    private void send(List<ClaimedMessage> batch, ExecutorService workers) throws InterruptedException {
        unbegun.addAll(batch);
        Collection<List<ClaimedMessage>> accounts = batch.stream()
                .collect(Collectors.groupingBy(
                        claimed -> claimed.message().aboutId(), LinkedHashMap::new, Collectors.toList()))
                .values();
        List<Callable<Void>> tasks = accounts.stream()
                .map(events -> (Callable<Void>) () -> inTurn(events))
                .toList();
        try {
            for (Future<Void> done : workers.invokeAll(tasks)) {
                if (done.state() == Future.State.FAILED) {
                    LOG.warn("Events are sent again once their lease is over", done.exceptionNow());
                }
            }
        } finally {
            batch.forEach(unbegun::remove);
        }
    }

    private @Nullable Void inTurn(List<ClaimedMessage> events) throws InterruptedException {
        for (ClaimedMessage event : events) {
            begin(event);
        }
        return null;
    }

    private void begin(ClaimedMessage event) throws InterruptedException {
        if (!unbegun.remove(event)) {
            return;
        }
        if (open) {
            sender.send(event);
        } else {
            sender.giveBack(event);
        }
    }
}
