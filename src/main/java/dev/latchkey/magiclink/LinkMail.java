package dev.latchkey.magiclink;

import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMail;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One kind of mail with a link. It is about the request. */
final class LinkMail implements MailKind {
    static final String EDIT = "edit-link";
    static final String CONFIRM = "confirm-link";
    static final String REGISTRATION = "registration-link";
    static final String ACCOUNT_EXISTS = "account-exists";

    private final String name;
    private final String template;
    private final LinkLetters letters;

    LinkMail(String name, String template, LinkLetters letters) {
        this.name = name;
        this.template = template;
        this.letters = letters;
    }

    @Override
    public String name() {
        return name;
    }

    /** Which mail follows a sign-up tells whether the address was taken. */
    @Override
    public String metric() {
        return name.equals(EDIT) ? EDIT : "sign-up";
    }

    @Override
    public Optional<MailContent> compose(OutboxMail mail) {
        return letters.compose(requestOf(mail), template);
    }

    @Override
    public void renew(OutboxMail mail, Instant at) {
        letters.renew(requestOf(mail), at);
    }

    @Override
    public void accepted(OutboxMail mail, Instant at) {
        letters.accepted(requestOf(mail), at);
    }

    @Override
    public void dropped(OutboxMail mail, Instant at) {
        letters.dropped(requestOf(mail), at);
    }

    @Override
    public void undeliverable(OutboxMail mail, Instant at) {
        letters.undeliverable(requestOf(mail), at);
    }

    private static UUID requestOf(OutboxMail mail) {
        return UUID.fromString(mail.aboutId());
    }
}
