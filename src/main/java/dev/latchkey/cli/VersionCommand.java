package dev.latchkey.cli;

import picocli.CommandLine.Command;

/** {@code version}: the same as {@code --version}. */
@Command(name = "version", description = "Says which version it is.")
final class VersionCommand implements Runnable {
    private final Workplace place;

    VersionCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public void run() {
        place.out().println(Commands.version());
    }
}
