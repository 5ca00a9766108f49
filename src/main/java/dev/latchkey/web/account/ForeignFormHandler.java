package dev.latchkey.web.account;

import dev.latchkey.web.Pages;
import dev.latchkey.web.session.OwnForms.ForeignForm;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Says that nothing was done, and how to do it after all; whoever is signed in stays so. */
@Singleton
final class ForeignFormHandler implements ExceptionHandler<ForeignForm, HttpResponse<?>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, ForeignForm exception) {
        return Pages.show(HttpStatus.FORBIDDEN, "account/form-again");
    }
}
