package dev.latchkey.api.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.history.Door;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.FieldError;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemType;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.membership.moving.AskOutcome;
import dev.latchkey.membership.moving.MovingService;
import dev.latchkey.membership.proof.OwnerProofs;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;

/** Asks to move the account to another mailbox, which has to confirm. */
@Controller("/profile/me/email")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmailController {
    private static final String FIELD = "email";

    private final Forms forms;
    private final Bearers bearers;
    private final OwnerProofs proofs;
    private final MovingService moves;
    private final CallerAddressResolver callers;
    private final AccountAnswers answers;

    EmailController(
            Forms forms,
            Bearers bearers,
            OwnerProofs proofs,
            MovingService moves,
            CallerAddressResolver callers,
            AccountAnswers answers) {
        this.forms = forms;
        this.bearers = bearers;
        this.proofs = proofs;
        this.moves = moves;
        this.callers = callers;
        this.answers = answers;
    }

    @Post
    HttpResponse<?> ask(HttpRequest<?> request) {
        Account account = bearers.require(request).view().account();
        JsonFields body = forms.json(request);
        String typed = answers.required(FIELD, body.string(FIELD));
        String password = answers.required("password", body.string("password"));
        Optional<EmailAddress> to = EmailAddress.parse(typed);
        if (to.isEmpty()) {
            return refuse(request, FIELD);
        }
        CallerAddress caller = callers.of(request);
        return switch (moves.ask(
                proofs.byPassphrase(account, password, caller),
                to.get(),
                Door.ACCOUNT_API,
                Caller.accountApi(caller))) {
            case AskOutcome.Asked asked -> HttpResponse.accepted();
            case AskOutcome.Unchanged unchanged -> refuse(request, "email.same");
            case AskOutcome.NotProven wrong ->
                answers.refuse(request, ProblemType.INVALID_CREDENTIALS, "passphrase.wrong");
            case AskOutcome.SlowedDown slow -> answers.refuse(request, answers.wait("slow", slow.retryAfter()));
            case AskOutcome.LimitReached limit -> answers.refuse(request, answers.wait("mails", limit.retryAfter()));
        };
    }

    private HttpResponse<?> refuse(HttpRequest<?> request, String key) {
        return answers.refuse(request, answers.invalidFields(List.of(FieldError.of(FIELD, answers.text(key)))));
    }
}
