package dev.latchkey.mail;

import dev.latchkey.text.ShortAddress;
import io.micronaut.transaction.annotation.ReadOnly;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of mail that this process knows. */
@Singleton
public class MailKinds {
    private final Map<String, MailKind> byName;

    MailKinds(List<MailKind> kinds) {
        byName = kinds.stream()
                .flatMap(kind -> kind.names().stream().map(name -> Map.entry(name, kind)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Empty for a mail that a newer version put in. */
    public Optional<MailKind> find(OutboxMessage mail) {
        return Optional.ofNullable(byName.get(mail.kind()));
    }

    /** The names of the kinds that are counted as one, by what they are counted as. */
    public Map<String, Set<String>> byMetric() {
        return byName.keySet().stream().collect(Collectors.groupingBy(this::metricOf, Collectors.toUnmodifiableSet()));
    }

    /** What a mail is counted as. */
    public String metricOf(String name) {
        MailKind kind = byName.get(name);
        return kind == null ? name : kind.metric(name);
    }

    /** What operators see of what has not left. */
    @ReadOnly
    public List<OutboxEntry> entries(List<OutboxMessage> mails) {
        return mails.stream().map(this::entry).toList();
    }

    private OutboxEntry entry(OutboxMessage mail) {
        String error = mail.lastError();
        return new OutboxEntry(
                mail.id(),
                mail.channel(),
                mail.kind(),
                mail.state().name().toLowerCase(Locale.ROOT),
                mail.attempts(),
                mail.createdAt(),
                mail.state() == OutboxState.WAITING ? mail.dueAt() : null,
                error == null ? null : ShortAddress.in(error),
                find(mail)
                        .flatMap(kind -> kind.recipient(mail))
                        .map(ShortAddress::in)
                        .orElse(null));
    }

    /** Makes what a mail holds anew; nothing for a mail that a newer version put in. */
    @Transactional
    public void renew(OutboxMessage mail, Instant at) {
        find(mail).ifPresent(kind -> kind.renew(mail, at));
    }

    /**
     * Writes a mail, from what is stored at one moment: a transaction of its own costs less than a connection for each
     * look-up.
     *
     * @return empty when there is nothing to send any more
     */
    @ReadOnly
    public Optional<MailContent> compose(OutboxMessage mail) {
        return find(mail)
                .orElseThrow(() -> new IllegalStateException("Unknown kind " + mail.kind()))
                .compose(mail);
    }
}
