package dev.latchkey.magiclink;

import dev.latchkey.mail.LocalDelivery;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.trace.Traces;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees when mails are to leave and which traces begin; chosen with the property {@code test.watched}. */
@Singleton
@Primary
@Requires(property = "test.watched")
class WatchedLinks implements LocalDelivery, Traces {
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final List<UUID> begun = new CopyOnWriteArrayList<>();

    @Override
    public void begins(UUID request) {
        begun.add(request);
    }

    @Override
    public Optional<Lease> reserve() {
        return Optional.empty();
    }

    @Override
    public void send(OutboxMessage mail, Lease lease, Duration pause) {
        throw new IllegalStateException("There is no place for any");
    }

    @Override
    public void giveBack(OutboxMessage mail) {
        throw new IllegalStateException("There is no place for any");
    }

    @Override
    public void wake(Duration pause) {
        pauses.add(pause);
    }
}
