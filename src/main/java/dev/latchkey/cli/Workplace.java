package dev.latchkey.cli;

import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.config.checks.StartUpFailure;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a command finds the settings and the beans that it works with, and says what became of it. A start that fails is
 * explained in lines that name the cure, and ends in 1.
 */
public final class Workplace {
    /** Set where a command runs instead of the server; what listens or fills in for others is not there then. */
    static final String COMMAND = "latchkey.command";

    private static final String DATABASE = "datasources.default.enabled";

    /** {@code -name=value} as the framework takes it, or the name of a switch, which has a dot in it. */
    private static final Pattern SETTING = Pattern.compile("--?[^-=\\s][^=\\s]*(=.*|\\.[^=]*)", Pattern.DOTALL);

    private final Function<String[], ApplicationContextBuilder> contexts;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Supplier<Optional<UnaryOperator<String>>> answers;
    private boolean warned;

    /**
     * Where a person may sit at a terminal.
     *
     * @param contexts makes the context from settings that are written as options
     * @param out for results
     * @param err for complaints
     */
    public Workplace(Function<String[], ApplicationContextBuilder> contexts, PrintWriter out, PrintWriter err) {
        this(contexts, out, err, Workplace::terminal);
    }

    /** As above, with what is answered to questions; empty where there is nobody to ask. */
    Workplace(
            Function<String[], ApplicationContextBuilder> contexts,
            PrintWriter out,
            PrintWriter err,
            Supplier<Optional<UnaryOperator<String>>> answers) {
        this.contexts = contexts;
        this.out = out;
        this.err = err;
        this.answers = answers;
    }

    /** Since JDK 25 there is no console again where nobody sits, whatever Error Prone remembers of JDK 22. */
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<UnaryOperator<String>> terminal() {
        Console console = System.console();
        return console == null || !console.isTerminal()
                ? Optional.empty()
                : Optional.of(question -> Objects.requireNonNullElse(console.readLine("%s", question), ""));
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    /** Whether there is somebody to ask. */
    boolean isAttended() {
        return answers.get().isPresent();
    }

    /** Asks whoever sits there; an empty answer where nobody does. */
    String ask(String question) {
        return answers.get().map(somebody -> somebody.apply(question).strip()).orElse("");
    }

    /** Whether an argument sets a property for the server, such as {@code -micronaut.server.port=8081}. */
    public static boolean isSetting(String argument) {
        return SETTING.matcher(argument).matches();
    }

    /** Opens what a server needs; it stays open unless it fails. */
    public int serve(String[] options, ToIntFunction<ApplicationContext> work) {
        return enter(contexts.apply(options), StartUpChecks::forServing, context -> {
            context.start();
            return work.applyAsInt(context);
        });
    }

    /** Works on the data, with all beans; no port is opened and no mail delivered. */
    int onData(ToIntFunction<ApplicationContext> work) {
        return started(Map.of(COMMAND, true), StartUpChecks::forCommands, work);
    }

    /** The same for what only a complete configuration can do, such as to put a mail into the outbox. */
    int asServer(ToIntFunction<ApplicationContext> work) {
        return started(Map.of(COMMAND, true), StartUpChecks::forServing, work);
    }

    /** Works with beans that need no database, which stays as it is. */
    int withoutDatabase(Function<Environment, List<String>> checks, ToIntFunction<ApplicationContext> work) {
        return started(Map.of(COMMAND, true, DATABASE, false), checks, work);
    }

    /** Works with the settings alone, before any bean is there. */
    int onSettings(Function<Environment, List<String>> checks, ToIntFunction<Environment> work) {
        return enter(contexts.apply(new String[0]), checks, context -> {
            try (context) {
                return work.applyAsInt(context.getEnvironment());
            }
        });
    }

    private int started(
            Map<String, Object> properties,
            Function<Environment, List<String>> checks,
            ToIntFunction<ApplicationContext> work) {
        return enter(contexts.apply(new String[0]).properties(properties), checks, context -> {
            try (context) {
                context.start();
                return work.applyAsInt(context);
            }
        });
    }

    private int enter(
            ApplicationContextBuilder builder,
            Function<Environment, List<String>> checks,
            ToIntFunction<ApplicationContext> work) {
        ApplicationContext context = builder.build();
        try {
            Environment environment = context.getEnvironment();
            environment.start();
            if (!warned) {
                StartUpChecks.unknown(System.getenv().keySet()).forEach(line -> log().warn(line));
                warned = true;
            }
            List<String> findings = checks.apply(environment);
            if (!findings.isEmpty()) {
                findings.forEach(err::println);
                return Commands.FAILED;
            }
            return work.applyAsInt(context);
        } catch (RuntimeException e) {
            StartUpFailure.explain(e).ifPresentOrElse(err::println, () -> log().error("Latchkey cannot go on", e));
            context.close();
            return Commands.FAILED;
        }
    }

    /** Not before there is a context, as where the log goes is said first. */
    private static Logger log() {
        return LoggerFactory.getLogger(Workplace.class);
    }
}
