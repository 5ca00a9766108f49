package dev.latchkey.web.session;

import dev.latchkey.session.PageSession;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Lets controllers take the {@link PageSession} of whoever is signed in as an argument; everybody else is led to the page
 * where one signs in. An argument and not a filter, for the same reason as the action's caller: no spelling of an address
 * is a way around. Postponed, as the database is asked where the route may block.
 */
@Singleton
final class PageSessionBinder
        implements TypedRequestArgumentBinder<PageSession>, PostponedRequestArgumentBinder<PageSession> {
    private static final Argument<PageSession> TYPE = Argument.of(PageSession.class);

    private final SignedInBrowsers browsers;

    PageSessionBinder(SignedInBrowsers browsers) {
        this.browsers = browsers;
    }

    @Override
    public Argument<PageSession> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<PageSession> bind(ArgumentConversionContext<PageSession> context, HttpRequest<?> request) {
        PageSession session = browsers.find(request).orElseThrow(NotSignedIn::new);
        return () -> Optional.of(session);
    }
}
