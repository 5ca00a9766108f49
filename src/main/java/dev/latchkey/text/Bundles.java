package dev.latchkey.text;

import dev.latchkey.config.Brand;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Texts by the name of their bundle. */
@Factory
final class Bundles {
    @Singleton
    @Named("account")
    Texts account() {
        return new Texts("account");
    }

    @Singleton
    @Named("assistant")
    Texts assistant() {
        return new Texts("assistant");
    }

    @Singleton
    @Named("fields")
    Texts fields() {
        return new Texts("fields");
    }

    @Singleton
    @Named("mail")
    Texts mail() {
        return new Texts("mail");
    }

    @Singleton
    @Named("messages")
    Texts messages(Brand brand) {
        return new Texts("messages", brand.name());
    }
}
