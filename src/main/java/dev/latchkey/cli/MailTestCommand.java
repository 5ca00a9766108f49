package dev.latchkey.cli;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.checks.CheckResult;
import dev.latchkey.mail.TestMail;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mail-test}: sends one real mail now. */
@Command(
        name = "mail-test",
        description = "Sends one real mail, at once and past the outbox, and says what the mail server answered.")
final class MailTestCommand implements Callable<Integer> {
    private final Workplace place;

    @Parameters(paramLabel = "ADDRESS", description = "Where it goes, such as your own mailbox.")
    private String address;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            defaultValue = "en",
            description = "In which language it is, such as de or pt-BR. Without it: English.")
    private String language;

    @Spec
    private CommandSpec spec;

    MailTestCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        EmailAddress to = EmailAddress.parse(address)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "Not an e-mail address: " + address));
        Locale locale = locale();
        return place.asServer(context -> tell(context.getBean(TestMail.class).send(to.value(), locale)));
    }

    private Locale locale() {
        try {
            return new Locale.Builder().setLanguageTag(language).build();
        } catch (IllformedLocaleException e) {
            throw new ParameterException(spec.commandLine(), "Not a language tag such as de or pt-BR: " + language, e);
        }
    }

    private int tell(CheckResult result) {
        (result.passed() ? place.out() : place.err()).println(result.text());
        return result.passed() ? Commands.DONE : Commands.FAILED;
    }
}
