package dev.latchkey.config;

/**
 * A setting with which the service must not start.
 *
 * @param variable the environment variable that is to blame
 * @param wrong what is wrong with it
 * @param cure what to do
 */
record ConfigurationError(String variable, String wrong, String cure) {
    @Override
    public String toString() {
        return variable + ": " + wrong + ". " + cure + ".";
    }
}
