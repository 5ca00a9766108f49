package dev.latchkey.campaign;

import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.Race;
import dev.latchkey.support.SentLink;
import dev.latchkey.support.SmtpSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everybody's mails with a link. */
record Mailbox(SmtpSink sink) {
    private static final Duration DELIVERY = Duration.ofMinutes(1);

    /** Asks for so many links for each of these people, and gives their tokens once they have come. */
    Map<String, List<String>> tokens(List<String> people, int each, LatchkeyClient client) throws Exception {
        for (int i = 0; i < each; i++) {
            Race.of(people.stream()
                    .map(email -> (Callable<Answer>) () -> client.accepted(email))
                    .toList());
        }
        Map<String, List<SentLink>> mails = await().atMost(DELIVERY)
                .until(
                        () -> SentLink.byAddress(sink),
                        all -> people.stream()
                                .allMatch(email ->
                                        all.getOrDefault(email, List.of()).size() >= each));
        return people.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        email -> mails.get(email).stream().map(SentLink::token).toList()));
    }
}
