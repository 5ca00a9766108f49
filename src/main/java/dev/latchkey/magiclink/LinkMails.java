package dev.latchkey.magiclink;

import dev.latchkey.mail.MailKind;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The kinds of mail that carry a link. */
@Factory
final class LinkMails {

    @Singleton
    @Named(LinkMail.EDIT)
    MailKind editLink(LinkLetters letters) {
        return new LinkMail(LinkMail.EDIT, LinkMail.EDIT, letters);
    }

    @Singleton
    @Named(LinkMail.CONFIRM)
    MailKind confirmLink(LinkLetters letters) {
        return new LinkMail(LinkMail.CONFIRM, LinkMail.CONFIRM, letters);
    }

    @Singleton
    @Named(LinkMail.REGISTRATION)
    MailKind registrationLink(LinkLetters letters) {
        return new LinkMail(LinkMail.REGISTRATION, LinkMail.CONFIRM, letters);
    }

    /** Somebody wanted to sign up with the address of an account; its owner gets a link to it instead. */
    @Singleton
    @Named(LinkMail.ACCOUNT_EXISTS)
    MailKind accountExists(LinkLetters letters) {
        return new LinkMail(LinkMail.ACCOUNT_EXISTS, LinkMail.ACCOUNT_EXISTS, letters);
    }
}
