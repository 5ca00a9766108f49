package dev.latchkey.trace;

import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;

/** Takes nothing down, where there is nobody to tell. */
@Singleton
@Secondary
final class Untraced implements Traces {}
