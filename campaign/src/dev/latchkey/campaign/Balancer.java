package dev.latchkey.campaign;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A plain load balancer: asks each node every tenth of a second whether it is ready, and the next one where a connection
 * turns out to be closed before an answer began.
 */
final class Balancer implements Jobs.Door, AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final List<LatchkeyClient> nodes;
    private final Set<LatchkeyClient> ready = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    Balancer(List<LatchkeyJar> jars) {
        nodes = jars.stream().map(LatchkeyClient::new).toList();
        ready.addAll(nodes);
        nodes.forEach(node -> Thread.ofVirtual().start(() -> watch(node)));
    }

    @Override
    public Answer ask(Function<LatchkeyClient, Answer> request) {
        for (int tries = 1; ; tries++) {
            try {
                return request.apply(next());
            } catch (UncheckedIOException e) {
                if (tries == nodes.size()) {
                    throw e;
                }
                sentAgain.incrementAndGet();
            }
        }
    }

    /** Requests that met a closed connection and went to another node. */
    int sentAgain() {
        return sentAgain.get();
    }

    boolean isReady(int node) {
        return ready.contains(nodes.get(node));
    }

    private LatchkeyClient next() {
        while (true) {
            LatchkeyClient node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            if (ready.contains(node)) {
                return node;
            }
        }
    }

    private void watch(LatchkeyClient node) {
        try {
            do {
                if (isReady(node)) {
                    ready.add(node);
                } else {
                    ready.remove(node);
                }
            } while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReady(LatchkeyClient node) {
        try {
            return node.get("/health/readiness").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
