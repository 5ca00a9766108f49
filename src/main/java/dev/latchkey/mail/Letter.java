package dev.latchkey.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is to be sent. */
public sealed interface Letter {

    /**
     * A mail to one person.
     *
     * @param to the address stored with the account
     * @param locale the language it is written in
     * @param template name of the templates under {@code views/mail/} and of the subject's text
     * @param model what the templates show
     * @param subjectArguments what the subject shows; never text that somebody typed
     */
    record Message(String to, Locale locale, String template, Map<String, Object> model, List<Object> subjectArguments)
            implements Letter {}

    /** Nothing, after the whole way to the mail server: it must look like a message from outside. */
    record Decoy() implements Letter {}
}
