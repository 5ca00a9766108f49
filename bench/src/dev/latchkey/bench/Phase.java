package dev.latchkey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Some connections that do the same thing over and over, bounded in count and in time. */
final class Phase {
    private Phase() {}

    /** One thing done once over one connection; the number is unique within the phase. */
    interface Work {
        void once(HttpConnection connection, int number) throws Exception;
    }

    /** What a phase did; times in nanoseconds. */
    record Result(String name, int connections, int count, long nanos, long[] sorted, double cpuMillisEach) {
        double perSecond() {
            return count * 1e9 / nanos;
        }

        double millis(double quantile) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
        }
    }

    static Result run(
            String name, LatchkeyProcess server, int connections, Duration length, int atMost, Work work)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(connections);
        CountDownLatch go = new CountDownLatch(1);
        long[] end = new long[1];
        List<Samples> samples = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Samples own = new Samples();
            samples.add(own);
            threads.add(Thread.ofPlatform().name(name + "-" + i).start(() -> {
                try (HttpConnection connection = new HttpConnection(server.port())) {
                    ready.countDown();
                    go.await();
                    long now = System.nanoTime();
                    while (now < end[0] && failure.get() == null) {
                        int number = next.getAndIncrement();
                        if (number >= atMost) {
                            return;
                        }
                        work.once(connection, number);
                        long done = System.nanoTime();
                        own.add(done - now);
                        now = done;
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                    ready.countDown();
                }
            }));
        }
        ready.await();
        double cpu = server.cpuSeconds();
        long began = System.nanoTime();
        end[0] = began + length.toNanos();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        long nanos = System.nanoTime() - began;
        if (failure.get() != null) {
            throw new IllegalStateException(name + " failed: " + failure.get().getMessage(), failure.get());
        }
        long[] sorted = samples.stream().flatMapToLong(Samples::stream).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException(name + ": nothing was done");
        }
        double cpuMillis = (server.cpuSeconds() - cpu) * 1000 / sorted.length;
        Result result = new Result(name, connections, sorted.length, nanos, sorted, cpuMillis);
        LoadBenchmark.progress("%s: %,.0f/s, %.3f ms CPU each", name, result.perSecond(), cpuMillis);
        return result;
    }

    private static final class Samples {
        private long[] nanos = new long[4096];
        private int count;

        void add(long sample) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = sample;
        }

        java.util.stream.LongStream stream() {
            return Arrays.stream(nanos, 0, count);
        }
    }
}
