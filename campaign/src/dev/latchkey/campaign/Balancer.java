package dev.latchkey.campaign;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A plain load balancer: asks each node every tenth of a second whether it is ready, and another one where a connection
 * turns out to be closed before an answer began, until none is left that is ready.
 */
final class Balancer implements Jobs.Door, AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Map<LatchkeyJar, LatchkeyClient> nodes = new LinkedHashMap<>();
    private final Set<LatchkeyJar> ready = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    Balancer(List<LatchkeyJar> jars) {
        jars.forEach(jar -> nodes.put(jar, new LatchkeyClient(jar)));
        ready.addAll(jars);
        jars.forEach(jar -> Thread.ofVirtual().start(() -> watch(jar)));
    }

    @Override
    public Answer ask(Function<LatchkeyClient, Answer> request) {
        Set<LatchkeyJar> tried = new HashSet<>();
        while (true) {
            LatchkeyJar node = next(tried);
            try {
                return request.apply(nodes.get(node));
            } catch (UncheckedIOException e) {
                tried.add(node);
                if (tried.containsAll(ready)) {
                    throw e;
                }
                sentAgain.incrementAndGet();
            }
        }
    }

    /** Requests that met a closed connection and went to another node, since this was asked last. */
    int sentAgain() {
        return sentAgain.getAndSet(0);
    }

    boolean allReady() {
        return ready.containsAll(nodes.keySet());
    }

    private LatchkeyJar next(Set<LatchkeyJar> tried) {
        List<LatchkeyJar> all = List.copyOf(nodes.keySet());
        while (true) {
            LatchkeyJar node = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
            if (ready.contains(node) && !tried.contains(node)) {
                return node;
            }
        }
    }

    private void watch(LatchkeyJar node) {
        try {
            do {
                if (node.isReady()) {
                    ready.add(node);
                } else {
                    ready.remove(node);
                }
            } while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
