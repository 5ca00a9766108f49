package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.session.PageSession;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a form in which its sender shows that they are the owner: nothing where a mailed link has just signed them
 * in, else the passphrase; and a way to have such a link mailed, for who has none or forgot it.
 */
@Singleton
final class OwnerForms {
    private static final String PASSPHRASE = "passphrase";
    private static final String LINK = "owner-link";

    private final OwnerProofs proofs;
    private final CallerAddressResolver callers;
    private final AccountPages pages;
    private final Texts texts;

    OwnerForms(OwnerProofs proofs, CallerAddressResolver callers, AccountPages pages, @Named("messages") Texts texts) {
        this.proofs = proofs;
        this.callers = callers;
        this.pages = pages;
        this.texts = texts;
    }

    boolean isProven(PageSession session) {
        return proofs.byLink(session) instanceof ProofOutcome.Proven;
    }

    /** What the form must say and does not, by the id of where it is mended. */
    Map<String, String> missing(HttpRequest<?> request, PageSession session, Form form) {
        if (isProven(session) || !passphrase(form).isEmpty()) {
            return Map.of();
        }
        return session.account().passphraseHash() == null
                ? Map.of(LINK, texts.text(pages.speakTo(request, session), "owner.late"))
                : wrong(request, session, "in.passphrase.missing");
    }

    /** Checks what the form says. Takes a while for a passphrase. */
    ProofOutcome check(HttpRequest<?> request, PageSession session, Form form) {
        ProofOutcome byLink = proofs.byLink(session);
        return byLink instanceof ProofOutcome.Proven
                ? byLink
                : proofs.byPassphrase(session.account(), passphrase(form), callers.of(request));
    }

    Map<String, String> wrong(HttpRequest<?> request, PageSession session) {
        return wrong(request, session, "owner.wrong");
    }

    Map<String, String> slow(HttpRequest<?> request, PageSession session, Duration wait) {
        return wrong(request, session, "in.slow", wait);
    }

    private Map<String, String> wrong(
            HttpRequest<?> request, PageSession session, String key, @Nullable Object... values) {
        return Map.of(PASSPHRASE, texts.text(pages.speakTo(request, session), key, values));
    }

    private static String passphrase(Form form) {
        return Objects.requireNonNullElse(form.text(PASSPHRASE), "");
    }

    /** What the page needs to show this part, beside its own model. */
    @Nullable
    Object[] model(PageSession session, Map<String, String> errors, @Nullable Object... own) {
        Account account = session.account();
        return Stream.concat(
                        Stream.of(own),
                        Stream.of(
                                "email",
                                account.email().value(),
                                "errors",
                                errors,
                                "proven",
                                isProven(session),
                                "hasPassphrase",
                                account.passphraseHash() != null))
                .toArray();
    }
}
