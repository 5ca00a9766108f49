package dev.latchkey.campaign;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Two public operations on one account at the same moment. Both answers and all that is stored afterwards are those of one
 * order or of the other, as the same server gives them when it is asked one by one.
 */
final class Pairs implements Trial {
    static final Planted ENDED_TOKEN = new Planted(
            "a token that is ended while the passphrase is being looked at still deletes the account",
            "membership/MembershipService.java",
            "sessions.stillAsks(session)",
            "session == null || !session.isEmpty()");

    private static final int TRIES = 4;

    private final Site site;
    private final Map<List<Operation>, Outcome> inTurn = new HashMap<>();
    private final List<List<Operation>> left = new ArrayList<>();

    /**
     * What anybody can ask for; each is asked once of an account, but for a save, which has two links. An import brings
     * the address that the account has and the one that it is to have.
     */
    private enum Operation {
        SAVE,
        SAVE_WITH_ANOTHER_LINK,
        UNDO,
        DELETE,
        MOVE,
        BLOCK,
        PUT,
        PASSPHRASE,
        INIT,
        SIGN_OUT,
        GRANT,
        EXCHANGE,
        IMPORT;

        private static List<List<Operation>> pairs() {
            return Arrays.stream(values())
                    .flatMap(one -> Arrays.stream(values(), 0, one.ordinal()).map(other -> List.of(one, other)))
                    .toList();
        }
    }

    /** An operation that has only to be asked for. */
    private interface Ready {
        String ask() throws Exception;
    }

    /** Answers by operation, and what is stored. */
    private record Outcome(Map<Operation, String> answers, String state) {}

    private Pairs(Site site) {
        this.site = site;
    }

    static Pairs onSqlite(Servers servers) {
        return new Pairs(servers.one());
    }

    static Pairs onThreeNodes(Servers servers) {
        return new Pairs(servers.three());
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws Exception {
        if (left.isEmpty()) {
            left.addAll(Operation.pairs());
            Collections.shuffle(left, Random.from(chance));
        }
        List<Operation> pair = left.removeLast();
        Set<Outcome> right = Set.copyOf(List.of(inTurn(pair), inTurn(pair.reversed())));
        List<Owner> owners = Race.of(TRIES, () -> Owner.fresh(site));
        for (Owner owner : owners) {
            Outcome outcome = atOnce(owner, pair);
            findings.promise(
                    right.contains(outcome), "%s: neither one order nor the other:%n  %s%n  %s", pair, outcome, right);
        }
        site.sink().empty();
        return TRIES;
    }

    private Outcome inTurn(List<Operation> pair) throws Exception {
        Outcome known = inTurn.get(pair);
        if (known != null) {
            return known;
        }
        Owner owner = Owner.fresh(site);
        Ready first = ready(pair.getFirst(), owner, site.client());
        Ready last = ready(pair.getLast(), owner, site.client());
        Map<Operation, String> answers = new HashMap<>();
        answers.put(pair.getFirst(), first.ask());
        answers.put(pair.getLast(), last.ask());
        Outcome outcome = new Outcome(answers, owner.state(site));
        inTurn.put(pair, outcome);
        return outcome;
    }

    private Outcome atOnce(Owner owner, List<Operation> pair) throws Exception {
        CyclicBarrier start = new CyclicBarrier(pair.size());
        List<Callable<String>> all = new ArrayList<>();
        for (Operation operation : pair) {
            LatchkeyClient node = site.clients().get(all.size() % site.clients().size());
            all.add(() -> {
                Ready ready = ready(operation, owner, node);
                start.await(1, TimeUnit.MINUTES);
                return ready.ask();
            });
        }
        List<String> answers = Race.of(all);
        return new Outcome(
                Map.of(pair.getFirst(), answers.getFirst(), pair.getLast(), answers.getLast()), owner.state(site));
    }

    private Ready ready(Operation operation, Owner owner, LatchkeyClient node) throws Exception {
        return switch (operation) {
            case IMPORT -> {
                PipedImport waiting = PipedImport.beside(site.jar());
                yield () -> waiting.take(List.of(owner.email(), owner.newEmail()));
            }
            case EXCHANGE -> {
                String code = owner.app().allowed(node);
                yield () -> said(owner.app().exchange(node, code));
            }
            default -> () -> said(ask(operation, owner, node));
        };
    }

    private static String said(Answer answer) {
        return answer.status() + " " + answer.problem() + App.said(answer);
    }

    private Answer ask(Operation operation, Owner owner, LatchkeyClient node) {
        String[] signedIn = {"Authorization", "Bearer " + owner.bearer()};
        return switch (operation) {
            case SAVE -> node.save(Map.of("token", owner.link(), "bio", "By a link"));
            case SAVE_WITH_ANOTHER_LINK -> node.save(Map.of("token", owner.otherLink(), "bio", "By another"));
            case UNDO -> node.post("/api/update/undo", Map.of("token", owner.undo()));
            case DELETE -> node.send("DELETE", "/profile/me", Map.of("password", Owner.PASSPHRASE), signedIn);
            case MOVE -> node.form("/email/" + owner.move(), "move=yes", "Accept", "text/html");
            case BLOCK ->
                site.operator()
                        .post(
                                "/admin/accounts/" + owner.id() + "/block",
                                null,
                                "Authorization",
                                "Bearer " + Site.ADMIN_KEY);
            case PUT -> node.send("PUT", "/profile/me", Map.of("bio", "Signed in"), signedIn);
            case PASSPHRASE ->
                node.send(
                        "PUT",
                        "/profile/me/passphrase",
                        Map.of("current", Owner.PASSPHRASE, "new", "another harbour lantern"),
                        signedIn);
            case INIT -> node.init(owner.email());
            case SIGN_OUT -> node.post("/auth/logout", null, signedIn);
            case GRANT -> owner.app().allow(node);
            case EXCHANGE, IMPORT -> throw new IllegalArgumentException("Something comes before it");
        };
    }
}
