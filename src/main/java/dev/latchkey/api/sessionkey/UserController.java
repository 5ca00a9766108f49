package dev.latchkey.api.sessionkey;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.contact.Contact;
import dev.latchkey.contact.ContactField;
import dev.latchkey.contact.ContactService;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.JsonFields;
import dev.latchkey.membership.MembershipService;
import dev.latchkey.membership.PassphraseChange;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API-006, 007 and 008: what is known of a user. */
@Controller("/user_mngt_user")
@SessionKeyApi
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserController {
    private static final String NO_SESSION = "Invalid session or user not found.";
    private static final String UPDATED = "User details successfully updated.";
    private static final String NOT_UPDATED = "Invalid input format or session.";
    private static final String DELETED = "User account successfully deleted.";
    private static final String NOT_DELETED = "Invalid email, password, or session key.";

    private final SessionKeyCalls calls;
    private final ContactService contacts;
    private final MembershipService memberships;
    private final CallerAddressResolver callers;

    UserController(
            SessionKeyCalls calls,
            ContactService contacts,
            MembershipService memberships,
            CallerAddressResolver callers) {
        this.calls = calls;
        this.contacts = contacts;
        this.memberships = memberships;
        this.callers = callers;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return fromQuery(request)
                .<HttpResponse<?>>map(account -> HttpResponse.ok(details(account, contacts.of(account.id())))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"))
                .orElseGet(() -> MessageResponse.unauthorized(NO_SESSION));
    }

    /** Twelve fields, {@code null} where nothing was told. */
    private static Map<String, @Nullable Object> details(Account account, Contact contact) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("email", account.email().value());
        for (ContactField field : ContactField.values()) {
            details.put(field.key(), contact.value(field));
        }
        details.put("created_at", account.createdAt());
        return details;
    }

    @Put
    HttpResponse<?> change(HttpRequest<?> request) {
        Optional<Account> account = fromQuery(request);
        if (account.isEmpty()) {
            return MessageResponse.unauthorized(NOT_UPDATED);
        }
        return calls.withBody(request, NOT_UPDATED, body -> {
            Map<ContactField, @Nullable String> changes = new EnumMap<>(ContactField.class);
            if (!repeats(body.string("email"), account.get()) || !read(body, changes)) {
                return MessageResponse.badRequest(NOT_UPDATED);
            }
            return contacts.change(account.get().id(), changes)
                    ? MessageResponse.ok(UPDATED)
                    : MessageResponse.unauthorized(NOT_UPDATED);
        });
    }

    /** The address cannot be changed here, but told once more. */
    private static boolean repeats(@Nullable String email, Account account) {
        return email == null
                || EmailAddress.parse(email).filter(account.email()::equals).isPresent();
    }

    /** Whether all fields of a body keep their rules. An optional one that is absent stays as it is, an empty one goes. */
    private static boolean read(JsonFields body, Map<ContactField, @Nullable String> changes) {
        for (ContactField field : ContactField.values()) {
            // Codes and numbers come as numbers from some clients.
            String value = field.isCode() ? body.digits(field.key()) : body.string(field.key());
            if (value == null || value.isEmpty()) {
                if (field.isRequired()) {
                    return false;
                }
                if (value != null) {
                    changes.put(field, null);
                }
            } else if (field.fits(value)) {
                changes.put(field, value);
            } else {
                return false;
            }
        }
        return true;
    }

    @Delete
    HttpResponse<?> delete(HttpRequest<?> request) {
        return calls.withSession(request, NOT_DELETED, (account, body) -> {
            String password = body.string("password");
            if (password == null) {
                return MessageResponse.unauthorized(NOT_DELETED);
            }
            return switch (memberships.delete(account, password, null, callers.of(request))) {
                case PassphraseChange.Done done -> MessageResponse.ok(DELETED);
                case PassphraseChange.SlowedDown slow -> MessageResponse.slowDown(slow.retryAfter());
                case PassphraseChange.WrongPassphrase wrong -> MessageResponse.unauthorized(NOT_DELETED);
            };
        });
    }

    /** Each of the two exactly once, or nobody. */
    private Optional<Account> fromQuery(HttpRequest<?> request) {
        return calls.owner(single(request, "email"), single(request, "session_key"));
    }

    private static @Nullable String single(HttpRequest<?> request, String name) {
        List<String> values = request.getParameters().getAll(name);
        return values.size() == 1 ? values.getFirst() : null;
    }
}
