package dev.latchkey.devinbox;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A bean that shows other people's mail, and so must never be there in production; nor has a command a use for it. */
@Retention(RetentionPolicy.RUNTIME)
@Requires(env = "dev")
@Requires(property = "latchkey.dev-smtp-port")
@Requires(missingProperty = "latchkey.command")
@interface OnlyInDev {}
