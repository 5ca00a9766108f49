package dev.latchkey.cli;

import io.micronaut.context.ApplicationContextBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Where commands are typed in this JVM, each with a context of its own. */
final class Shell {
    private final Function<String[], ApplicationContextBuilder> contexts;
    private final List<List<String>> served = new ArrayList<>();

    Shell(Function<String[], ApplicationContextBuilder> contexts) {
        this.contexts = contexts;
    }

    /** Runs a command to its end. */
    Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(
                place(out, err),
                settings -> {
                    served.add(List.of(settings));
                    return Commands.DONE;
                },
                arguments);
        return new Said(code, out.toString(), err.toString());
    }

    /** The names of all of them. */
    Set<String> commands() {
        return Commands.commandLine(place(new StringWriter(), new StringWriter()), settings -> Commands.DONE)
                .getSubcommands()
                .keySet();
    }

    private Workplace place(StringWriter out, StringWriter err) {
        return new Workplace(contexts, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** With which settings somebody wanted to serve. */
    List<List<String>> served() {
        return List.copyOf(served);
    }

    /** How a command ended and what it said. */
    record Said(int code, String out, String err) {}
}
