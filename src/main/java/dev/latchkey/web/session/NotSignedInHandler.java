package dev.latchkey.web.session;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.net.URI;

/** Leads whoever is not signed in, or no longer, to where they can. */
@Singleton
final class NotSignedInHandler implements ExceptionHandler<NotSignedIn, HttpResponse<?>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, NotSignedIn exception) {
        return HttpResponse.seeOther(URI.create("/account"));
    }
}
