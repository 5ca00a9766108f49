package dev.latchkey.export;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows in their order, some at a time, each time asked for anew: nothing is held between two pages. */
final class Pages<T> implements Iterator<List<T>> {
    /** A change of all fields holds some twenty kilobytes: a page of them stays far below a megabyte. */
    static final int ROWS = 20;

    /** Before the newest: another node's clock may be ahead. */
    static final Duration AHEAD = Duration.ofHours(1);

    /** Before the newest, of those of one moment. */
    static final UUID LAST = new UUID(-1, -1);

    private final Function<@Nullable T, List<T>> fetch;
    private @Nullable T last;
    private boolean ended;

    /** @param fetch those after one of them, or the first; fewer than {@link #ROWS} when there are no more */
    Pages(Function<@Nullable T, List<T>> fetch) {
        this.fetch = fetch;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public List<T> next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        List<T> rows = fetch.apply(last);
        ended = rows.size() < ROWS;
        last = rows.isEmpty() ? null : rows.getLast();
        return rows;
    }

    /** The same rows in another form. */
    <R> Iterator<List<R>> map(Function<T, R> form) {
        Pages<T> pages = this;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public List<R> next() {
                return pages.next().stream().map(form).toList();
            }
        };
    }
}
