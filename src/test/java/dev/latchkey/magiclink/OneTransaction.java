package dev.latchkey.magiclink;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** The transaction around what links only do as a part of something else. */
@Singleton
class OneTransaction {

    @Transactional
    void run(Runnable work) {
        work.run();
    }

    @Transactional
    <T> T get(Supplier<T> work) {
        return work.get();
    }
}
