package dev.latchkey.profile;

import org.jspecify.annotations.Nullable;

/** What to do with one field of a profile: leave it, or give it a value, which may be none. */
public sealed interface Edit {

    /** The value after the edit. */
    @Nullable
    public String over(@Nullable String current);

    /** The field was not mentioned. */
    public record Keep() implements Edit {
        @Override
        public @Nullable String over(@Nullable String current) {
            return current;
        }
    }

    /**
     * The field was mentioned.
     *
     * @param value absent to clear it
     */
    public record Replace(@Nullable String value) implements Edit {
        @Override
        public @Nullable String over(@Nullable String current) {
            return value;
        }
    }
}
