package dev.latchkey.campaign;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import java.io.UncheckedIOException;
import java.time.Duration;
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
 * A plain load balancer: asks each node every tenth of a second whether it is ready, and the next one where a connection
 * turns out to be closed before an answer began.
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

    /** Requests that met a closed connection and went to another node, since this was asked last. */
    int sentAgain() {
        return sentAgain.getAndSet(0);
    }

    boolean allReady() {
        return ready.containsAll(nodes.keySet());
    }

    private LatchkeyClient next() {
        List<LatchkeyJar> all = List.copyOf(nodes.keySet());
        while (true) {
            LatchkeyJar node = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
            if (ready.contains(node)) {
                return nodes.get(node);
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
