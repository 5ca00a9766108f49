package dev.latchkey.oauth.client;

import dev.latchkey.limit.CallerAddress;
import java.util.HashMap;
import java.util.Map;

/** How many documents are fetched at a time: in all, from one host and for one caller. Nobody waits for a turn. */
final class Turns {
    static final int IN_ALL = 32;
    static final int PER_HOST = 4;
    static final int PER_CALLER = 4;

    private final Map<String, Integer> taken = new HashMap<>();

    synchronized boolean take(String host, CallerAddress caller) {
        if (taken(ALL) >= IN_ALL || taken(of(host)) >= PER_HOST || taken(of(caller)) >= PER_CALLER) {
            return false;
        }
        add(1, host, caller);
        return true;
    }

    synchronized void giveBack(String host, CallerAddress caller) {
        add(-1, host, caller);
    }

    private static final String ALL = "all";

    private static String of(String host) {
        return "host " + host;
    }

    private static String of(CallerAddress caller) {
        return "caller " + caller.value();
    }

    private int taken(String whose) {
        return taken.getOrDefault(whose, 0);
    }

    private void add(int turns, String host, CallerAddress caller) {
        for (String whose : new String[] {ALL, of(host), of(caller)}) {
            if (taken.merge(whose, turns, Integer::sum) == 0) {
                taken.remove(whose);
            }
        }
    }
}
