package dev.latchkey.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What was asked for and answered, so that it can be compared with what the server did. */
final class Ledger {
    private final int accounts;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger saved = new AtomicInteger();
    private final Map<String, AtomicInteger> asksOf = new ConcurrentHashMap<>();
    private final Map<String, String> bios = new ConcurrentHashMap<>();
    private final Queue<String> usedTokens = new ConcurrentLinkedQueue<>();
    private final Queue<String> savedRequests = new ConcurrentLinkedQueue<>();

    Ledger(int accounts) {
        this.accounts = accounts;
    }

    static String email(int number) {
        return String.format(Locale.ROOT, "person%06d@people.example", number);
    }

    /** The account whose turn it is; all have theirs before one comes again. */
    String nextAccount() {
        return email(next.getAndIncrement() % accounts);
    }

    void asked(String email) {
        asked.incrementAndGet();
        asksOf.computeIfAbsent(email, any -> new AtomicInteger()).incrementAndGet();
    }

    void saved(String email, String token, String bio) {
        saved.incrementAndGet();
        bios.put(email, bio);
        usedTokens.add(token);
    }

    void jobDone(String requestId) {
        savedRequests.add(requestId);
    }

    int asked() {
        return asked.get();
    }

    int saves() {
        return saved.get();
    }

    Map<String, AtomicInteger> asksOf() {
        return asksOf;
    }

    /** The last bio that was saved for each account. */
    Map<String, String> bios() {
        return bios;
    }

    List<String> usedTokens() {
        return List.copyOf(usedTokens);
    }

    List<String> savedRequests() {
        return List.copyOf(savedRequests);
    }
}
