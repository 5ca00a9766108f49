package dev.latchkey.api.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.Tier;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.membership.ConfirmationService;
import dev.latchkey.membership.MembershipService;
import dev.latchkey.membership.PassphraseChange;
import dev.latchkey.profile.upgrade.ProCondition;
import dev.latchkey.profile.upgrade.UpgradeOutcome;
import dev.latchkey.profile.upgrade.UpgradeService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What concerns the account rather than the profile: its passphrase, its address, its tier, its end. */
@Controller("/profile/me")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountController {
    private final Forms forms;
    private final Bearers bearers;
    private final MembershipService memberships;
    private final ConfirmationService confirmations;
    private final UpgradeService upgrades;
    private final CallerAddressResolver callers;
    private final AccountAnswers answers;

    AccountController(
            Forms forms,
            Bearers bearers,
            MembershipService memberships,
            ConfirmationService confirmations,
            UpgradeService upgrades,
            CallerAddressResolver callers,
            AccountAnswers answers) {
        this.forms = forms;
        this.bearers = bearers;
        this.memberships = memberships;
        this.confirmations = confirmations;
        this.upgrades = upgrades;
        this.callers = callers;
        this.answers = answers;
    }

    @Put("/passphrase")
    HttpResponse<?> changePassphrase(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        JsonFields body = forms.json(request);
        String current = answers.required("current", body.string("current"));
        String fresh = answers.required("new", body.string("new"));
        Account account = me.view().account();
        return answer(request, memberships.change(account, current, fresh, me.session(), callers.of(request)));
    }

    @Delete
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> delete(HttpRequest<?> request) {
        Bearers.SignedIn me = bearers.require(request);
        String password = answers.required("password", forms.json(request).string("password"));
        Account account = me.view().account();
        return answer(request, memberships.delete(account, password, me.session(), callers.of(request)));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, PassphraseChange change) {
        return switch (change) {
            case PassphraseChange.Done done -> HttpResponse.noContent();
            case PassphraseChange.WrongPassphrase wrong -> {
                // Whoever was signed out meanwhile is told that, and not that the passphrase is wrong.
                bearers.require(request);
                yield answers.refuse(request, ProblemType.INVALID_CREDENTIALS, "passphrase.wrong");
            }
            case PassphraseChange.Invalid invalid ->
                answers.refuse(request, answers.invalidPassphrase("new", invalid.why()));
            case PassphraseChange.SlowedDown slow -> answers.refuse(request, answers.wait("slow", slow.retryAfter()));
        };
    }

    @Post("/verification")
    @Consumes(MediaType.ALL)
    HttpResponse<?> verify(HttpRequest<?> request) {
        Account account = bearers.require(request).view().account();
        return confirmations
                .request(account, callers.of(request))
                .<HttpResponse<?>>map(outcome -> switch (outcome) {
                    case LinkOutcome.Accepted accepted -> HttpResponse.accepted();
                    case LinkOutcome.LimitReached limit ->
                        answers.refuse(request, answers.wait("mails", limit.retryAfter()));
                })
                .orElseGet(() -> answers.refuse(request, ProblemType.ALREADY_VERIFIED, "verified"));
    }

    /** Asks for PRO, and learns what is missing. */
    @Post("/upgrade")
    @Consumes(MediaType.ALL)
    HttpResponse<?> upgrade(HttpRequest<?> request) {
        return switch (upgrades.upgrade(
                bearers.require(request).view().account().id())) {
            case UpgradeOutcome.Pro pro -> HttpResponse.ok(Map.of("tier", Tier.PRO.name()));
            case UpgradeOutcome.Gone gone -> throw bearers.invalid();
            case UpgradeOutcome.Missing missing -> answers.refuse(request, missing(missing.conditions()));
        };
    }

    private Problem missing(List<ProCondition> conditions) {
        String words = conditions.stream()
                .map(condition -> answers.text("upgrade." + condition.key()))
                .collect(Collectors.joining(", "));
        List<String> keys = conditions.stream().map(ProCondition::key).toList();
        return answers.of(ProblemType.UPGRADE_NOT_POSSIBLE, "upgrade", words).with("missing", keys);
    }
}
