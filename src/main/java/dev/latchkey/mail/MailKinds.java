package dev.latchkey.mail;

import io.micronaut.transaction.annotation.ReadOnly;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of mail that this process knows. */
@Singleton
public class MailKinds {
    private final Map<String, MailKind> byName;

    MailKinds(List<MailKind> kinds) {
        byName = kinds.stream().collect(Collectors.toUnmodifiableMap(MailKind::name, Function.identity()));
    }

    /** Empty for a mail that a newer version put in. */
    public Optional<MailKind> find(OutboxMail mail) {
        return Optional.ofNullable(byName.get(mail.kind()));
    }

    /** The names of the kinds that are counted as one, by what they are counted as. */
    Map<String, Set<String>> byMetric() {
        return byName.values().stream()
                .collect(Collectors.groupingBy(
                        MailKind::metric, Collectors.mapping(MailKind::name, Collectors.toUnmodifiableSet())));
    }

    /** What a mail is counted as. */
    String metricOf(OutboxMail mail) {
        return find(mail).map(MailKind::metric).orElse(mail.kind());
    }

    /** Makes what a mail holds anew; nothing for a mail that a newer version put in. */
    @Transactional
    public void renew(OutboxMail mail, Instant at) {
        find(mail).ifPresent(kind -> kind.renew(mail, at));
    }

    /**
     * Writes a mail, from what is stored at one moment: a transaction of its own costs less than a connection for each
     * look-up.
     *
     * @return empty when there is nothing to send any more
     */
    @ReadOnly
    public Optional<MailContent> compose(OutboxMail mail) {
        return find(mail)
                .orElseThrow(() -> new IllegalStateException("Unknown kind " + mail.kind()))
                .compose(mail);
    }
}
