package dev.latchkey.campaign;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Doors that conceal who has an account, asked for somebody and for nobody in any order: neither the answer nor its time
 * tells which it was. AUC is how often the slower of two answers is the one for somebody; a coin gives 0.5.
 */
final class AnswerTimes implements Trial {
    static final Planted NO_PRETENCE = new Planted(
            "a passphrase for which nothing is stored is refused without work",
            "credential/Passphrases.java",
            "return matches(passphrase, stored == null ? Argon2.STAND_IN : stored, caller) && stored != null;",
            "return stored != null && matches(passphrase, stored, caller);");

    /** How far from a coin. */
    private static final double BOUND = 0.02;

    /** What few samples may add by chance, in standard deviations. */
    private static final double DEVIATIONS = 4;

    private static final int PAIRS = 200;
    private static final int AT_ONCE = 2;
    private static final String WRONG = "no harbour lantern";

    private final Site site;
    private final String hash;
    private final Map<Door, Samples> samples = new EnumMap<>(Door.class);
    private int next;

    /** Asks one address, as a caller of these headers. */
    @FunctionalInterface
    private interface Asking {
        Answer ask(LatchkeyClient client, String email, String... headers);
    }

    private enum Door {
        INIT((client, email, headers) -> client.action("/api/update/init", Map.of("email", email), headers)),
        SIGN_UP_FROM_THE_CHAT((client, email, headers) ->
                client.action("/api/signup/init", Map.of("email", email, "consent", true), headers)),
        MCP((client, email, headers) -> {
            Map<String, Object> call = Map.of("name", "request_profile_edit_link", "arguments", Map.of("email", email));
            return client.post(
                    "/mcp", Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", call), headers);
        }),
        PAGE((client, email, headers) -> client.form("/link", Map.of("identifier", email), headers)),
        SIGN_IN_PAGE((client, email, headers) -> client.form("/account/link", Map.of("identifier", email), headers)),
        ACCOUNT_LOGIN(withPassword("/auth/login", WRONG)),
        ACCOUNT_SIGN_UP(withPassword("/auth/signup", WRONG)),
        SESSION_KEY_LOGIN(withPassword("/login", "abc123")),
        SESSION_KEY_REGISTER(withPassword("/register", "abc123"));

        private final Asking asking;

        Door(Asking asking) {
            this.asking = asking;
        }

        private static Asking withPassword(String path, String password) {
            return (client, email, headers) -> client.post(path, Map.of("email", email, "password", password), headers);
        }
    }

    /** One answer. */
    private record Sample(boolean known, long nanos, int status) {}

    /** All answers of one door. */
    private static final class Samples {
        private final List<Sample> all = new ArrayList<>();

        void add(List<Sample> more) {
            all.addAll(more);
        }

        /** By ranks (Mann and Whitney); times are so fine that there are no ties. */
        double auc() {
            Sample[] sorted = all.toArray(Sample[]::new);
            Arrays.sort(sorted, (one, other) -> Long.compare(one.nanos(), other.nanos()));
            long strangersBefore = 0;
            long pairs = 0;
            for (Sample sample : sorted) {
                if (sample.known()) {
                    pairs += strangersBefore;
                } else {
                    strangersBefore++;
                }
            }
            return (double) pairs / strangersBefore / (sorted.length - strangersBefore);
        }

        double mostAway() {
            double each = all.size() / 2.0;
            return BOUND + DEVIATIONS * Math.sqrt((2 * each + 1) / (12 * each * each));
        }

        Set<Integer> statuses(boolean known) {
            return all.stream()
                    .filter(sample -> sample.known() == known)
                    .map(Sample::status)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    AnswerTimes(Servers servers) {
        site = servers.doors();
        hash = Owner.fresh(site).hash();
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws Exception {
        int pairs = Math.min(most, PAIRS);
        Door door = Door.values()[next++ % Door.values().length];
        List<String> known = site.residents().many(pairs);
        site.residents().takePassphrase(hash);
        List<String> order = Stream.concat(
                        known.stream(), known.stream().map(email -> email.replace("resident", "stranger")))
                .collect(Collectors.toList());
        Collections.shuffle(order, Random.from(chance));
        Queue<String> waiting = new ConcurrentLinkedQueue<>(order);
        Samples all = samples.computeIfAbsent(door, any -> new Samples());
        List<String> callers =
                IntStream.range(0, 256).mapToObj(i -> Servers.anybody(chance)).toList();
        Race.of(AT_ONCE, () -> {
                    List<Sample> mine = new ArrayList<>();
                    for (String email = waiting.poll(); email != null; email = waiting.poll()) {
                        mine.add(sample(door, email, callers.get(Math.floorMod(email.hashCode(), callers.size()))));
                    }
                    return mine;
                })
                .forEach(all::add);
        site.sink().empty();
        findings.promise(
                all.statuses(true).equals(all.statuses(false)),
                "%s: somebody is answered %s, nobody %s",
                door,
                all.statuses(true),
                all.statuses(false));
        double auc = all.auc();
        findings.promise(
                Math.abs(auc - 0.5) <= all.mostAway(), "%s: AUC %.3f of %d answers", door, auc, all.all.size());
        System.err.printf("%s: AUC %.3f of %d answers%n", door, auc, all.all.size());
        return pairs;
    }

    private Sample sample(Door door, String email, String caller) {
        long before = System.nanoTime();
        Answer answer = door.asking.ask(site.client(), email, Servers.CALLER, caller);
        return new Sample(email.startsWith("resident"), System.nanoTime() - before, answer.status());
    }
}
