package dev.latchkey.profile;

import io.micronaut.context.ApplicationContext;

/** Lets tests of other features play the scheduler. */
public final class Publishing {
    private Publishing() {}

    /** The round that publishes what was left unpublished. */
    public static void round(ApplicationContext context) {
        context.getBean(ProfilePhotos.class).publishTheRest();
    }
}
