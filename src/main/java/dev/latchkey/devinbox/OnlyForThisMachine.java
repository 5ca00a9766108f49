package dev.latchkey.devinbox;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** What keeps a dev server, which shows every link to whoever asks, from everybody else; off with the setting alone. */
@Retention(RetentionPolicy.RUNTIME)
@OnlyInDev
@Requires(property = "latchkey.dev-open", notEquals = "true")
@interface OnlyForThisMachine {}
