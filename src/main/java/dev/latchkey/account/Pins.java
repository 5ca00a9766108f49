package dev.latchkey.account;

import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Gives out PINs: random, so that they tell neither how many accounts there are nor who came after whom. */
@Singleton
public final class Pins {
    private final Accounts accounts;
    private final SecureRandom random;

    Pins(Accounts accounts, SecureRandom random) {
        this.accounts = accounts;
        this.random = random;
    }

    /** A number that no account has; somebody else may still take it first. */
    public Pin free() {
        int pin;
        do {
            pin = random.nextInt(Pin.LEAST, Pin.MOST + 1);
        } while (accounts.findByPin(pin).isPresent());
        return new Pin(pin);
    }
}
