package dev.latchkey;

import dev.latchkey.assistant.PluginCommand;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.config.Command;
import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.config.checks.StartUpFailure;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way in: without arguments it serves, with the name of a command it does that and ends. */
public final class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** Longer than a request may take, shorter than the 30 seconds after which containers are killed. */
    private static final int SECONDS_TO_FINISH = 20;

    private Application() {}

    public static void main(String[] args) throws InterruptedException {
        int code = run(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(String[] args) throws InterruptedException {
        return switch (CommandLine.parse(args)) {
            case CommandLine.Serve serve -> serve(serve.options());
            case CommandLine.Run command -> command(command);
            case CommandLine.Plugin plugin -> plugin(plugin.arguments());
            case CommandLine.Help help -> {
                System.out.print(CommandLine.USAGE);
                yield 0;
            }
            case CommandLine.Version version -> {
                System.out.println("Latchkey "
                        + Objects.requireNonNullElse(
                                Application.class.getPackage().getImplementationVersion(), "dev"));
                yield 0;
            }
            case CommandLine.Misused misused -> {
                System.err.println(misused.why());
                System.err.print(CommandLine.USAGE);
                yield MISUSED;
            }
        };
    }

    private static int serve(String[] options) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        int code = inContext(options, StartUpChecks::forServing, context -> {
            context.getBeansOfType(ServingCheck.class).forEach(ServingCheck::check);
            EmbeddedServer server = context.getBean(EmbeddedServer.class);
            // Registered before the start, so that a signal in the middle of it finds something to stop.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop(context);
                stopped.countDown();
            }));
            server.start();
            context.getBean(Announcement.class).lines().forEach(System.out::println);
            return 0;
        });
        if (code == 0) {
            stopped.await();
        }
        return code;
    }

    private static int command(CommandLine.Run command) {
        return inContext(new String[0], StartUpChecks::forCommands, context -> {
            try (context) {
                Command bean = context.getBean(command.command());
                return bean.run(command.arguments());
            }
        });
    }

    private static int plugin(List<String> arguments) {
        return inEnvironment(
                new String[0],
                StartUpChecks::forLinks,
                context -> new PluginCommand(
                                BaseUrl.configured(context.getEnvironment()),
                                Brand.configured(context.getEnvironment()))
                        .run(arguments));
    }

    private static int inContext(
            String[] options, Function<Environment, List<String>> checks, Function<ApplicationContext, Integer> work) {
        return inEnvironment(options, checks, context -> {
            context.start();
            return work.apply(context);
        });
    }

    /** Where settings can be read, and no bean is there yet. */
    private static int inEnvironment(
            String[] options, Function<Environment, List<String>> checks, Function<ApplicationContext, Integer> work) {
        ApplicationContext context = Micronaut.build(options)
                .mainClass(Application.class)
                .banner(false)
                .build();
        try {
            Environment environment = context.getEnvironment();
            environment.start();
            StartUpChecks.unknown(System.getenv().keySet()).forEach(LOG::warn);
            List<String> findings = checks.apply(environment);
            if (!findings.isEmpty()) {
                findings.forEach(System.err::println);
                return FAILED;
            }
            return work.apply(context);
        } catch (RuntimeException e) {
            StartUpFailure.explain(e).ifPresentOrElse(System.err::println, () -> LOG.error("Latchkey cannot start", e));
            context.close();
            return FAILED;
        }
    }

    /** Lets requests in flight finish, then closes everything. */
    private static void stop(ApplicationContext context) {
        if (!context.isRunning()) {
            return;
        }
        try (context) {
            context.getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(SECONDS_TO_FINISH, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Some requests did not finish before the end");
        }
    }
}
