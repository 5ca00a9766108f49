package dev.latchkey.cli;

import dev.latchkey.account.DemoAccountCheck;
import dev.latchkey.config.checks.CheckResult;
import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.config.checks.StartUpFailure;
import dev.latchkey.database.DatabaseOutlook;
import dev.latchkey.mail.MailServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** {@code check}: whether a server could start and work with these settings. */
@Command(
        name = "check",
        description = {
            "Looks at the settings, the database, its migrations, the mail server and the bucket: a line for each.",
            "It opens no port, sends no mail and changes nothing, so it may run beside the server."
        })
final class CheckCommand implements Callable<Integer> {
    private static final List<String> OF_MAIL =
            List.of("LATCHKEY_SMTP_", "LATCHKEY_MAIL_", "LATCHKEY_DKIM_", "LATCHKEY_BASE_URL", "LATCHKEY_BRAND_");
    private static final List<String> OF_PHOTOS = List.of("LATCHKEY_PHOTOS", "LATCHKEY_S3_");

    private final Workplace place;

    CheckCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        return place.onSettings(settings -> List.of(), this::look);
    }

    private int look(Environment settings) {
        List<String> mistakes = StartUpChecks.outlook(settings);
        boolean fine = mistakes.isEmpty();
        if (fine) {
            tell("settings", CheckResult.passed("complete"));
        }
        mistakes.forEach(mistake -> tell("settings", CheckResult.failed(mistake)));
        DatabaseOutlook outlook = DatabaseOutlook.of(
                settings,
                settings.getActiveNames().contains(StartUpChecks.DEV)
                        ? database -> Optional.empty()
                        : DemoAccountCheck::outlook);
        fine &= tell("database", outlook.database());
        fine &= tell("migrations", outlook.migrations());
        fine &= tell(
                "mail server",
                about(
                        OF_MAIL,
                        mistakes,
                        context -> context.getBean(MailServer.class).look()));
        fine &= tell("bucket", about(OF_PHOTOS, mistakes, CheckCommand::bucket));
        return fine ? Commands.DONE : Commands.FAILED;
    }

    private static CheckResult bucket(ApplicationContext context) {
        String photos = context.getProperty("latchkey.photos", String.class).orElse("local");
        if (!photos.equals("s3")) {
            return CheckResult.passed("none is needed, photos are kept in the data directory");
        }
        context.getBean(ServingCheck.class, Qualifiers.byName("bucket")).check();
        return CheckResult.passed(
                context.getProperty("latchkey.s3.bucket", String.class).orElse("") + " is there");
    }

    /** Looks at something whose own settings hold no mistake. */
    private CheckResult about(
            List<String> variables, List<String> mistakes, Function<ApplicationContext, CheckResult> look) {
        if (mistakes.stream().anyMatch(mistake -> variables.stream().anyMatch(mistake::startsWith))) {
            return CheckResult.failed("not looked at, as its settings are wrong. Correct them first.");
        }
        List<CheckResult> found = new ArrayList<>();
        place.withoutDatabase(settings -> List.of(), context -> {
            found.add(explained(context, look));
            return Commands.DONE;
        });
        return found.isEmpty()
                ? CheckResult.failed("it cannot be looked at. Correct what is said above.")
                : found.getFirst();
    }

    private static CheckResult explained(ApplicationContext context, Function<ApplicationContext, CheckResult> look) {
        try {
            return look.apply(context);
        } catch (RuntimeException e) {
            return CheckResult.failed(StartUpFailure.explain(e).orElseGet(() -> "it cannot be looked at (" + e + ")."));
        }
    }

    private boolean tell(String what, CheckResult result) {
        place.out().println((result.passed() ? "ok " : "FAILED ") + what + ": " + result.text());
        return result.passed();
    }
}
