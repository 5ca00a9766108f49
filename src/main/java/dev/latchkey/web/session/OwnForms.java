package dev.latchkey.web.session;

import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Reads the forms of people who are signed in. Each carries the secret of its session as {@code csrf}; one that does not
 * was made by another site, or by a page of an earlier session, and does nothing (OWASP CSRF Prevention Cheat Sheet).
 */
@Singleton
public final class OwnForms {
    /** The name of the field that carries it. */
    public static final String CSRF = "csrf";

    private final Forms forms;
    private final PageSessions sessions;

    OwnForms(Forms forms, PageSessions sessions) {
        this.forms = forms;
        this.sessions = sessions;
    }

    /**
     * The form in the body. Close it.
     *
     * @throws ForeignForm when it is not of this session; answered by a page that says so
     */
    public Form read(HttpRequest<?> request, PageSession session) {
        if (!forms.isForm(request)) {
            throw new ForeignForm();
        }
        Form form = forms.form(request);
        try {
            check(form, session);
        } catch (ForeignForm e) {
            form.close();
            throw e;
        }
        return form;
    }

    /** The same of one that was read already. */
    public void check(Form form, PageSession session) {
        if (!sessions.isOwnForm(session, form.text(CSRF))) {
            throw new ForeignForm();
        }
    }

    /** The same where the form says nothing more. */
    public void check(HttpRequest<?> request, PageSession session) {
        read(request, session).close();
    }

    /** A form that did not come from a page of the session it would act for. */
    public static final class ForeignForm extends RuntimeException {
        ForeignForm() {
            super("A form of another session", null, false, false);
        }
    }
}
