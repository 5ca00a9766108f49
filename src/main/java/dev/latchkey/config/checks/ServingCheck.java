package dev.latchkey.config.checks;

/** Asks something outside the process whether it is there, once, before the port is opened. */
public interface ServingCheck {

    /**
     * Does nothing where all is well.
     *
     * @throws UnusableSetting naming the setting and the cure, and then the server does not start
     */
    void check();
}
