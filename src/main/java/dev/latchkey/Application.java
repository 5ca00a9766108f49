package dev.latchkey;

import dev.latchkey.cli.Commands;
import dev.latchkey.cli.Workplace;
import dev.latchkey.config.checks.ServingCheck;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** The way in: without arguments it serves, with the name of a command it does that and ends. */
public final class Application {
    /** Longer than a request may take, shorter than the 30 seconds after which containers are killed. */
    private static final int SECONDS_TO_FINISH = 20;

    private Application() {}

    public static void main(String[] args) {
        int code = run(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(String[] args) {
        Workplace place = new Workplace(
                options -> Micronaut.build(options).mainClass(Application.class).banner(false),
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()));
        // Most starts are those of a server, which has nothing to do with what reads the command line.
        if (Arrays.stream(args).allMatch(Workplace::isSetting)) {
            return serve(place, args);
        }
        Commands.keepLogsApart(args);
        return Commands.run(place, options -> serve(place, options), args);
    }

    private static int serve(Workplace place, String... options) {
        CountDownLatch stopped = new CountDownLatch(1);
        int code = place.serve(options, context -> {
            context.getBeansOfType(ServingCheck.class).forEach(ServingCheck::check);
            EmbeddedServer server = context.getBean(EmbeddedServer.class);
            // Registered before the start, so that a signal in the middle of it finds something to stop.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop(context);
                stopped.countDown();
            }));
            server.start();
            Announcement announcement = context.getBean(Announcement.class);
            announcement.lines().forEach(place.out()::println);
            place.out().println(announcement.mail());
            return 0;
        });
        if (code == 0) {
            await(stopped);
        }
        return code;
    }

    private static void await(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            LoggerFactory.getLogger(Application.class).warn("Some requests did not finish before the end");
        }
    }
}
