package dev.latchkey.photo;

/** Too many pictures wait to be decoded; nothing was done, and trying again later may help. */
public final class DecodingOverloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecodingOverloaded() {
        super("The turn of a picture did not come in time");
    }
}
