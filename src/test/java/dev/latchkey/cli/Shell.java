package dev.latchkey.cli;

import dev.latchkey.support.Contexts;
import io.micronaut.context.ApplicationContextBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Where commands are typed in this JVM, each with a context of its own. */
final class Shell {
    private final Function<String[], ApplicationContextBuilder> contexts;
    private final List<List<String>> served = new ArrayList<>();

    private Optional<UnaryOperator<String>> answers = Optional.empty();

    Shell(Function<String[], ApplicationContextBuilder> contexts) {
        this.contexts = contexts;
    }

    /** On a database that others may have open, with the settings of a server that would start. */
    static Shell on(Map<String, Object> database, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("latchkey.base-url", "https://id.example.org"));
        all.putAll(settings);
        return new Shell(options -> Contexts.builder(database, all));
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

    /** Somebody sits there, who answers every question so. */
    Shell attendedBy(UnaryOperator<String> answers) {
        this.answers = Optional.of(answers);
        return this;
    }

    /** The names of all of them. */
    Set<String> commands() {
        return Commands.commandLine(place(new StringWriter(), new StringWriter()), settings -> Commands.DONE)
                .getSubcommands()
                .keySet();
    }

    private Workplace place(StringWriter out, StringWriter err) {
        return new Workplace(contexts, new PrintWriter(out, true), new PrintWriter(err, true), () -> answers);
    }

    /** With which settings somebody wanted to serve. */
    List<List<String>> served() {
        return List.copyOf(served);
    }

    /** How a command ended and what it said. */
    record Said(int code, String out, String err) {}
}
