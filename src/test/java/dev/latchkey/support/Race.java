package dev.latchkey.support;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at once, each on a thread of its own. */
public final class Race {
    private Race() {}

    /** What each of them gets; fails where one of them does. */
    public static <T> List<T> of(int racers, Callable<T> each) throws Exception {
        return of(Collections.nCopies(racers, each));
    }

    /** What each of them gets, in the order of the racers; fails where one of them does. */
    public static <T> List<T> of(Collection<? extends Callable<T>> racers) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> all = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(racers)) {
                all.add(one.get());
            }
            return all;
        }
    }
}
