package dev.latchkey.support;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.RequestOutcome;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.MailState;
import dev.latchkey.mail.OutboxMail;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Tokens as people get them, without a mail server: read from the letter that would be sent. */
public final class Links {
    private final ApplicationContext context;
    private final MailKind kind;

    public Links(ApplicationContext context) {
        this.context = context;
        this.kind = context.getBeansOfType(MailKind.class).stream()
                .filter(candidate -> candidate.name().equals("edit-link"))
                .findFirst()
                .orElseThrow();
    }

    /** The token of a link whose mail was accepted just now. */
    public String mailed(Account account) {
        OutboxMail mail = mail(account);
        kind.accepted(mail, now());
        return token(mail);
    }

    /** The token of a link whose mail is still on its way. */
    public String asked(Account account) {
        return token(mail(account));
    }

    private OutboxMail mail(Account account) {
        RequestOutcome.Accepted accepted = (RequestOutcome.Accepted) context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(account.email()), Caller.PAGE, UnknownUser.REPORT);
        UUID id = UuidCreator.getTimeOrderedEpochPlus1();
        return new OutboxMail(
                id, kind.name(), accepted.requestId().toString(), null, MailState.WAITING, now(), null, 1, null, now());
    }

    private String token(OutboxMail mail) {
        Letter.Message letter = (Letter.Message) kind.compose(mail).orElseThrow();
        return String.valueOf(letter.model().get("link")).replaceFirst(".*/edit/", "");
    }

    private Instant now() {
        return context.getBean(Clock.class).instant();
    }
}
