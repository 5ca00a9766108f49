package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Folders;
import dev.latchkey.support.RawConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Secrets with a mark, through every door where somebody may put one, right and malformed; and real ones, of people who
 * sign up, save and sign in. None is found in the log, in the data directory, in the metrics, in what a collector is
 * told, in a mail, or in an answer to anybody else.
 */
final class Canaries implements Trial {
    static final Planted LOGGED = new Planted(
            "the log says which passphrase was wrong",
            "session/SignInService.java",
            "matches ? \"of no use\" : \"wrong\",",
            "matches ? \"of no use\" : passphrase,");

    private static final String MARK = "qZ7canary";
    private static final Pattern MARKED = Pattern.compile(MARK + "[0-9]+x");
    private static final int REQUESTS = 500;

    private final Servers servers;
    private final Site site;
    private final List<String> real = new ArrayList<>();
    private long read;
    private long number;

    Canaries(Servers servers) {
        this.servers = servers;
        site = servers.doors();
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws IOException {
        Owner owner = Owner.fresh(site);
        real.addAll(
                List.of(owner.link(), owner.otherLink(), owner.undo(), owner.move(), owner.bearer(), Owner.PASSPHRASE));
        Garble garble = new Garble(chance);
        int requests = Math.min(most, REQUESTS);
        for (int i = 0; i < requests; i++) {
            Secrecy request = garble.any(Secrecy.ALL);
            String secret = MARK + number++ + "x" + "Lantern".repeat(chance.nextInt(1, 4));
            String body = request.body(secret, owner.email());
            String sent = chance.nextInt(4) == 0 && !body.isEmpty() ? garble.text(body) : body;
            RawConnection.Answer answer =
                    ask(request.text(secret, owner.email(), Servers.anybody(chance), sent), findings);
            MARKED.matcher(answer.body() + answer.headers())
                    .results()
                    .filter(found -> !secret.startsWith(found.group()))
                    .forEach(found -> findings.violation("%s: somebody else's secret in an answer", request.path()));
        }
        look(findings);
        return requests;
    }

    private RawConnection.Answer ask(String request, Findings findings) {
        try (RawConnection connection =
                new RawConnection("localhost", URI.create(site.jar().origin()).getPort())) {
            RawConnection.Answer answer = connection
                    .send(request.getBytes(StandardCharsets.UTF_8))
                    .endSending()
                    .read();
            findings.count("answers " + answer.status() / 100 + "xx");
            return answer;
        }
    }

    private void look(Findings findings) throws IOException {
        int traces = servers.collector().sent().size();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> servers.collector().sent().size() > traces);
        String said = site.jar().output(read);
        read += said.length();
        search("the log", said, findings);
        search("the metrics", metrics(findings), findings);
        servers.collector().sent().forEach(call -> search("what the collector is told", call.text(), findings));
        servers.collector().empty();
        site.sink().received().stream()
                .filter(mail -> mail.source().contains(MARK))
                .forEach(mail -> findings.violation("a secret is mailed"));
        site.sink().empty();
        Folders.read(
                site.jar().dataDirectory(),
                (file, content) -> search(file.getFileName().toString(), content, findings));
    }

    private String metrics(Findings findings) {
        var answer = site.operator().get("/prometheus", "Authorization", "Bearer " + Site.ADMIN_KEY);
        findings.promise(answer.status() == 200, "the metrics answer %d", answer.status());
        return answer.text();
    }

    private void search(String place, String text, Findings findings) {
        MARKED.matcher(text)
                .results()
                .findFirst()
                .ifPresent(found -> findings.violation("a secret in %s: %s", place, around(text, found.start())));
        real.stream()
                .filter(text::contains)
                .findFirst()
                .ifPresent(
                        secret -> findings.violation("a secret in %s: %s", place, around(text, text.indexOf(secret))));
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80))
                .replaceAll("\\p{Cntrl}", " ");
    }
}
