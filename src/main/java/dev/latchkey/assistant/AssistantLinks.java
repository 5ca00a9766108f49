package dev.latchkey.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.Caller.Door;
import dev.latchkey.magiclink.CallerBudgets;
import dev.latchkey.magiclink.InitOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkStatusService.LinkStatus;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.profile.proposal.Proposals;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every door for assistants leads to: asks for links and tells their status, in sentences that a model can repeat.
 */
@Singleton
public final class AssistantLinks {
    private final LinkRequestService links;
    private final CallerBudgets budgets;
    private final Proposals proposals;
    private final LinkStatusService statuses;
    private final AssistantTexts texts;

    AssistantLinks(
            LinkRequestService links,
            CallerBudgets budgets,
            Proposals proposals,
            LinkStatusService statuses,
            AssistantTexts texts) {
        this.links = links;
        this.budgets = budgets;
        this.proposals = proposals;
        this.statuses = statuses;
        this.texts = texts;
    }

    /**
     * Asks for a link that edits a profile.
     *
     * @param email decides alone where it is given; models send empty strings for what they do not know
     * @param number the account's PIN, as digits
     * @param numberField what the door calls the PIN
     * @param draft what the page is to propose
     * @throws ProblemException when no mail was sent
     */
    public InitResponse request(
            @Nullable String email,
            @Nullable String number,
            String numberField,
            Caller caller,
            UnknownUser whenUnknown,
            Proposal draft) {
        Subject subject = subject(email, number, numberField);
        Consumer<String> along = draft.fields().isEmpty() ? link -> {} : link -> proposals.save(draft.with(link));
        InitOutcome outcome = whenUnknown == UnknownUser.CONCEAL
                ? links.requestConcealed(subject, caller, along)
                : links.request(subject, caller, along);
        return switch (outcome) {
            case LinkOutcome.Accepted accepted -> accepted(accepted, draft, caller);
            case InitOutcome.UserNotFound none ->
                throw new ProblemException(ProblemType.USER_NOT_FOUND, texts.text("init.user-not-found"));
            case InitOutcome.AccountBlocked blocked ->
                throw new ProblemException(
                        ProblemType.ACCOUNT_BLOCKED,
                        texts.text(caller.door() == Door.GRANT ? "propose.switched-off" : "init.account-blocked"));
            case LinkOutcome.LimitReached limit -> throw new ProblemException(tooMany(limit));
        };
    }

    /**
     * Counts a request for its caller before something costly is done for it, as a caller without a key would be counted
     * first anyway.
     *
     * @return the caller, who is counted no more
     * @throws ProblemException when they asked for too many
     */
    public Caller count(Caller caller) {
        budgets.countLink(caller).ifPresent(wait -> {
            throw new ProblemException(tooMany(new LinkOutcome.LimitReached(wait, true)));
        });
        return caller.countedBefore();
    }

    /**
     * How far a request has come; names of fields, never their values.
     *
     * @param whenUnknown with {@code CONCEAL}, only states that a request for nobody can have as well, until the owner
     *     of the mailbox has done something with the link
     * @throws ProblemException when no request has this id
     */
    public StatusResponse status(String requestId, UnknownUser whenUnknown) {
        return parse(requestId)
                .flatMap(id -> statuses.statusOf(id, whenUnknown))
                .map(this::response)
                .orElseThrow(() -> new ProblemException(ProblemType.REQUEST_NOT_FOUND, texts.text("status.not-found")));
    }

    /** The same for the owner of an account, who is told everything of what was asked for in their name. */
    public StatusResponse status(String requestId, UUID owner) {
        boolean own = parse(requestId)
                .filter(id -> !statuses.among(owner, List.of(id)).isEmpty())
                .isPresent();
        return status(requestId, own ? UnknownUser.REPORT : UnknownUser.CONCEAL);
    }

    private InitResponse accepted(LinkOutcome.Accepted accepted, Proposal draft, Caller caller) {
        List<String> proposed = draft.fields().stream().map(ProfileField::key).toList();
        return new InitResponse(
                "accepted",
                accepted.requestId(),
                accepted.matchPhrase(),
                proposed,
                caller.door() == Door.GRANT ? ofDraft(accepted) : ofLink(accepted, proposed));
    }

    private String ofLink(LinkOutcome.Accepted accepted, List<String> proposed) {
        if (accepted.undeliverable()) {
            return texts.text("status.undeliverable");
        }
        String instructions = texts.text("init.instructions", accepted.matchPhrase());
        return proposed.isEmpty()
                ? instructions
                : instructions + " " + texts.text("init.proposed", texts.fields(proposed));
    }

    /** A card may show the draft where no mail brings it. */
    private String ofDraft(LinkOutcome.Accepted accepted) {
        return accepted.undeliverable()
                ? texts.text("propose.card-alone") + " " + texts.text("status.undeliverable")
                : texts.text("propose.instructions", accepted.matchPhrase());
    }

    private Problem tooMany(LinkOutcome.LimitReached limit) {
        String key = limit.byCaller() ? "init.too-many-by-caller" : "init.too-many-requests";
        return Problem.of(ProblemType.TOO_MANY_REQUESTS, texts.text(key, limit.retryAfter()))
                .withRetryAfter(limit.retryAfter());
    }

    private Subject subject(@Nullable String email, @Nullable String number, String numberField) {
        if (email != null && !email.isBlank()) {
            return EmailAddress.parse(email)
                    .<Subject>map(Subject.ByEmail::new)
                    .orElseThrow(() -> unusable("email", texts.text("init.email")));
        }
        if (number != null && !number.isBlank()) {
            return Pin.parse(number)
                    .<Subject>map(Subject.ByPin::new)
                    .orElseThrow(() -> unusable(numberField, texts.text("init.pin")));
        }
        throw new ProblemException(ProblemType.INVALID_REQUEST, texts.text("init.neither", numberField));
    }

    private static ProblemException unusable(String field, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }

    private static Optional<UUID> parse(String requestId) {
        try {
            return Optional.of(UUID.fromString(requestId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private StatusResponse response(LinkStatus status) {
        String state = status.state().name().toLowerCase(Locale.ROOT);
        return new StatusResponse(
                status.requestId(), state, status.matchPhrase(), status.changed(), instructions(status, state));
    }

    private String instructions(LinkStatus status, String state) {
        if (status.state() != LinkState.SAVED) {
            return texts.text("status." + state, status.matchPhrase());
        }
        return status.purpose() == LinkPurpose.EDIT_PROFILE
                ? texts.text("status.saved", texts.fields(status.changed()))
                : texts.text("status.confirmed");
    }

    /**
     * The answer to a request for a link: the same whether or not the account exists, where that is concealed.
     *
     * @param proposed names of the fields for which the page will show a proposal; left out where there is none
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record InitResponse(
            String status, UUID requestId, String matchPhrase, List<String> proposed, String instructions) {

        /** Without any proposal. */
        public InitResponse(String status, UUID requestId, String matchPhrase, String instructions) {
            this(status, requestId, matchPhrase, List.of(), instructions);
        }
    }

    /** How far a request has come: names of fields, never their values. */
    @Serdeable
    public record StatusResponse(
            UUID requestId, String state, String matchPhrase, List<String> changed, String instructions) {}
}
