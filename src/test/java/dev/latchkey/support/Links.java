package dev.latchkey.support;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Links for tests that begin with one and are not about mail. */
public final class Links {
    private static final String KIND = "edit-link";

    private Links() {}

    /** The token of a fresh link whose mail has just arrived. */
    public static String fresh(ApplicationContext context, Account account) {
        OutboxMessage mail = mail(context, account);
        kind(context).accepted(mail, mail.createdAt());
        return token(context, mail);
    }

    /** The token of a fresh link whose mail is still on its way. */
    public static String onItsWay(ApplicationContext context, Account account) {
        return token(context, mail(context, account));
    }

    /** The token of a link that was asked for in another way, whose mail has just arrived. */
    public static String arrived(ApplicationContext context, UUID requestId) {
        OutboxMessage mail = mail(context, requestId);
        kind(context).accepted(mail, mail.createdAt());
        return token(context, mail);
    }

    /** The token of the notice of an account's newest change. */
    public static String undo(ApplicationContext context, Account account) {
        String id = Sql.text(
                context,
                "SELECT undo_id FROM changes WHERE account_id = '" + account.id() + "' ORDER BY id DESC LIMIT 1");
        return context.getBean(LinkTokens.class).mint(id, LinkPurpose.UNDO_CHANGE);
    }

    /** The mail of a request, as it would be written now. */
    public static MailContent.Message mailed(ApplicationContext context, UUID requestId) {
        return (MailContent.Message)
                kind(context).compose(mail(context, requestId)).orElseThrow();
    }

    private static OutboxMessage mail(ApplicationContext context, Account account) {
        LinkRequestService service = context.getBean(LinkRequestService.class);
        Caller caller = new Caller("test", null, null);
        return switch (service.request(new Subject.ByEmail(account.email()), caller)) {
            case LinkOutcome.Accepted accepted -> mail(context, accepted.requestId());
            case InitOutcome other -> throw new IllegalStateException("No link: " + other);
        };
    }

    private static OutboxMessage mail(ApplicationContext context, UUID requestId) {
        Instant now = context.getBean(Clock.class).instant();
        return new OutboxMessage(
                UUID.randomUUID(), KIND, requestId.toString(), OutboxState.WAITING, now, null, 1, null, now);
    }

    private static MailKind kind(ApplicationContext context) {
        return context.getBeansOfType(MailKind.class).stream()
                .filter(candidate -> candidate.names().contains(KIND))
                .findFirst()
                .orElseThrow();
    }

    private static String token(ApplicationContext context, OutboxMessage mail) {
        MailContent.Message content =
                (MailContent.Message) kind(context).compose(mail).orElseThrow();
        String link = String.valueOf(content.model().get("link"));
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
