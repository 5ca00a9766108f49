package dev.latchkey.campaign;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.random.RandomGenerator;

/**
 * One link, and 32 that save with it at the same moment. One of them wins, the profile holds what that one wrote, and all
 * others are told that the link is used.
 */
final class SaveRaces implements Trial {
    static final Planted ANYBODY_WINS = new Planted(
            "whoever has seen the link open may save, however many rows the claim took away",
            "magiclink/LinkClaims.java",
            "return links.claim(link.linkId(), clock.instant()) == 1;",
            "return links.claim(link.linkId(), clock.instant()) < 2;");

    private static final int SUBMITTERS = 32;
    private static final int AT_ONCE = 20;
    private static final byte[] NO_PHOTO = {};

    private final Site site;

    /** How they save. */
    private enum Kind {
        JSON,
        /** Half of them by the page's form. */
        FORMS_TOO,
        /** By two links of the same account; the one that loses is revoked. */
        TWO_LINKS,
        /** Everybody writes the same. */
        SAME_TEXT;

        static Kind any(RandomGenerator chance) {
            return switch (chance.nextInt(10)) {
                case 0, 1 -> TWO_LINKS;
                case 2 -> FORMS_TOO;
                case 3 -> SAME_TEXT;
                default -> JSON;
            };
        }
    }

    /** One of those who save, with what was answered. */
    private record Submitted(String token, String bio, boolean form, Answer answer) {
        boolean won() {
            return answer.status() == (form ? 303 : 200);
        }

        /** Losers are told of the winner; who loses with another link, that it was revoked. */
        boolean toldSo(String winning) {
            String problem = token.equals(winning) ? "link-used" : "link-revoked";
            return answer.status() == 410 && (form || answer.problem().equals(problem));
        }
    }

    private SaveRaces(Site site) {
        this.site = site;
    }

    static SaveRaces onSqlite(Servers servers) {
        return new SaveRaces(servers.one());
    }

    static SaveRaces onThreeNodes(Servers servers) {
        return new SaveRaces(servers.three());
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws Exception {
        List<String> people = site.residents().many(Math.min(most, AT_ONCE));
        Map<String, List<String>> tokens = new Mailbox(site.sink()).tokens(people, 2, site.client());
        site.sink().empty();
        for (String email : people) {
            race(email, tokens.get(email), Kind.any(chance), findings);
        }
        return people.size();
    }

    private void race(String email, List<String> links, Kind kind, Findings findings) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SUBMITTERS);
        List<Callable<Submitted>> all = new ArrayList<>();
        for (int i = 0; i < SUBMITTERS; i++) {
            int number = i;
            String token = links.get(kind == Kind.TWO_LINKS ? i % 2 : 0);
            all.add(() -> {
                start.await();
                return submit(number, token, kind);
            });
        }
        List<Submitted> answers = Race.of(all);
        findings.count("saves", SUBMITTERS);
        List<Submitted> winners = answers.stream().filter(Submitted::won).toList();
        findings.promise(winners.size() == 1, "%s: %d winners of %s", email, winners.size(), kind);
        for (Submitted winner : winners) {
            String stored = site.residents().bioOf(email);
            findings.promise(winner.bio().equals(stored), "%s: told %s, stored %s", email, winner.bio(), stored);
            answers.stream()
                    .filter(one -> !one.won() && !one.toldSo(winner.token()))
                    .forEach(one -> findings.violation(
                            "%s: a loser of %s was told %d %s",
                            email, kind, one.answer().status(), one.answer().problem()));
            int again = site.client().load(winner.token()).status();
            findings.promise(again == 410, "%s: the used link answers %d", email, again);
        }
    }

    private Submitted submit(int number, String token, Kind kind) {
        LatchkeyClient node = site.clients().get(number % site.clients().size());
        String bio = kind == Kind.SAME_TEXT ? "All the same" : "Written by " + number;
        boolean form = kind == Kind.FORMS_TOO && number % 2 == 0;
        Answer answer = form
                ? node.upload("POST", "/edit/" + token, Map.of("bio", bio), NO_PHOTO, "Accept", "text/html")
                : node.save(Map.of("token", token, "bio", bio));
        return new Submitted(token, bio, form, answer);
    }
}
