package dev.latchkey.config.checks;

/** A setting of which only the start itself shows that it cannot work; without a cause, as the message says it all. */
public final class UnusableSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the setting and the cure.
     *
     * @param property as in {@code application.yml}
     */
    public UnusableSetting(String property, String wrong, String cure) {
        super(SettingKey.line(property, wrong, cure));
    }
}
