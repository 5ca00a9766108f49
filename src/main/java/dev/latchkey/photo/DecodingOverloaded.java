package dev.latchkey.photo;

/** Too many pictures wait to be decoded, or no process can be had for one; nothing was done, and trying again may help. */
public final class DecodingOverloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecodingOverloaded() {
        super("A picture had no turn in time, or no process");
    }
}
