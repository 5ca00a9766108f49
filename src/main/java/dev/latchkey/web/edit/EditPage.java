package dev.latchkey.web.edit;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.session.PageSession;
import dev.latchkey.web.session.ExistingPassphrase;
import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One state of the edit page.
 *
 * @param proposals what an assistant proposes
 * @param notice what to say above the form
 * @param wrong why fields cannot be kept, as the texts call it
 * @param unproven what it takes to set a new passphrase
 * @param stored what is stored now where it is not what the form holds
 * @param suggested whether the nickname in the form is our idea
 * @param changed names of the fields that were saved just now
 */
public record EditPage(
        Place place,
        Link link,
        EditForm form,
        Map<ProfileField, ProposedField> proposals,
        Notice notice,
        Map<ProfileField, String> wrong,
        @Nullable String unproven,
        Map<ProfileField, String> stored,
        boolean suggested,
        List<String> changed) {

    static EditPage of(Place place, Link link, EditForm form, Map<ProfileField, ProposedField> proposals) {
        return new EditPage(place, link, form, proposals, Notice.NONE, Map.of(), null, Map.of(), false, List.of());
    }

    EditPage saying(Notice other) {
        return new EditPage(place, link, form, proposals, other, wrong, unproven, stored, suggested, changed);
    }

    EditPage refusing(Map<ProfileField, String> reasons) {
        return new EditPage(
                place, link, form, proposals, Notice.INVALID, reasons, unproven, stored, suggested, changed);
    }

    /** The input at which what is unproven can be mended. */
    String unprovenAt() {
        if (place.asksCurrent()) {
            return EditPages.CURRENT;
        }
        return link.unproven() ? ExistingPassphrase.NAME : ProfileField.PASSPHRASE.key();
    }

    EditPage unproven(String why) {
        return new EditPage(place, link, form, proposals, Notice.INVALID, wrong, why, stored, suggested, changed);
    }

    EditPage beside(Map<ProfileField, String> now) {
        return new EditPage(place, link, form, proposals, Notice.CONFLICT, wrong, unproven, now, suggested, changed);
    }

    EditPage suggesting(String nickname) {
        return new EditPage(
                place, link, form.withNickname(nickname), proposals, notice, wrong, unproven, stored, true, changed);
    }

    EditPage having(List<String> names) {
        return new EditPage(place, link, form, proposals, notice, wrong, unproven, stored, suggested, names);
    }

    /**
     * Where the form is, and whose profile is in it.
     *
     * @param action where it goes
     * @param view absent when the database cannot be asked
     * @param link that it was opened with; absent for who is signed in
     * @param session theirs; absent behind a link
     * @param asksCurrent whether a new passphrase needs the one in use beside it
     * @param asksLink whether it needs a fresh link instead, as there is none in use
     */
    public record Place(
            String action,
            @Nullable ProfileView view,
            Inspection.@Nullable Open link,
            @Nullable PageSession session,
            boolean asksCurrent,
            boolean asksLink) {

        /** Behind a link. */
        static Place behind(String token, LoadOutcome.@Nullable Loaded loaded) {
            return new Place(
                    EditController.address(token),
                    loaded == null ? null : loaded.view(),
                    loaded == null ? null : loaded.link(),
                    null,
                    false,
                    false);
        }

        Profile stored() {
            return Objects.requireNonNull(view).profile();
        }

        /** What the form of who is signed in carries; absent behind a link. */
        public @Nullable String csrf() {
            return session == null ? null : session.csrf();
        }

        /** The id of what a photo is kept with that cannot be saved yet. */
        String holder() {
            return link == null ? Objects.requireNonNull(session).id() : link.linkId();
        }
    }

    /** Why the form is shown; behind a link some of it is said of the link. */
    public enum Notice {
        NONE(HttpStatus.OK, null, false),
        UNCHANGED(HttpStatus.OK, "edit.unchanged", true),
        /** No proposal is ticked. */
        UNTICKED(HttpStatus.OK, "edit.unticked"),
        /** Some are, but what they hold is stored already. */
        PARTLY_TICKED(HttpStatus.OK, "edit.ticked"),
        /** What was typed before, and never saved, is in the form again. */
        RETURNED(HttpStatus.OK, "edit.returned", false),
        /** The link ends later than it did. */
        MORE_TIME(HttpStatus.OK, "edit.time.given", false),
        /** It does not. */
        NO_MORE_TIME(HttpStatus.OK, "edit.time.none", false),
        /** Only where the form stays after a save. */
        SAVED(HttpStatus.OK, "own.saved", false),
        /** Said by the error summary. */
        INVALID(HttpStatus.UNPROCESSABLE_ENTITY, null, false),
        CONFLICT(HttpStatus.CONFLICT, "edit.conflict", false),
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "edit.unavailable", true),
        /** Nobody knows whether it was saved. */
        UNKNOWN(HttpStatus.GATEWAY_TIMEOUT, "edit.unknown", true);

        final HttpStatus status;
        /** The text that names it; absent when there is nothing to say. */
        public final @Nullable String heading;

        private final boolean speaksOfTheLink;

        /** Whether proposals wait for the person's word, as they do only behind a link. */
        final boolean waiting;

        Notice(HttpStatus status, String heading) {
            this(status, heading, false, true);
        }

        Notice(HttpStatus status, @Nullable String heading, boolean speaksOfTheLink) {
            this(status, heading, speaksOfTheLink, false);
        }

        Notice(HttpStatus status, @Nullable String heading, boolean speaksOfTheLink, boolean waiting) {
            this.status = status;
            this.heading = heading;
            this.speaksOfTheLink = speaksOfTheLink;
            this.waiting = waiting;
        }

        /** The text that says more; of the form of somebody who is signed in where {@code own}. */
        public @Nullable String more(boolean own) {
            return heading == null
                    ? null
                    : (own && speaksOfTheLink ? heading.replaceFirst("^edit", "own") : heading) + ".more";
        }

        /** Whether the form holds what is saved nowhere, so that it must not be left without a word. */
        boolean unsaved() {
            return status.getCode() >= 400 || this == MORE_TIME || this == NO_MORE_TIME;
        }

        /** Whether something went wrong, for the person to see at once. */
        boolean bad() {
            return status.getCode() >= 400 && heading != null;
        }
    }

    /**
     * What the head of the edit page tells about the link and whose profile it opens.
     *
     * @param action where the form goes
     * @param email absent, like all that follows, when the database cannot be asked
     * @param standing the account's tier, and how far it is from PRO
     * @param matchPhrase absent, like the end, where there is no link
     * @param photoUrl of the photo stored now
     * @param keptPhoto where the photo is that was uploaded before and not saved; absent where there is none
     * @param typedFor what scripts know the account by, to keep what is typed for it apart
     * @param hasPassphrase whether an empty field keeps a passphrase
     * @param unproven whether that passphrase was chosen before anybody proved the mailbox, and so dies unless it is kept
     * @param assistant the name of the assistant that asked for the link; absent where it has none
     */
    public record Link(
            String action,
            @Nullable String email,
            @Nullable String pin,
            @Nullable Standing standing,
            @Nullable String matchPhrase,
            @Nullable LinkEnd end,
            @Nullable String photoUrl,
            @Nullable String keptPhoto,
            @Nullable String typedFor,
            boolean hasPassphrase,
            boolean unproven,
            @Nullable String assistant) {

        static Link unknown(String action) {
            return new Link(action, null, null, null, null, null, null, null, null, true, false, null);
        }
    }
}
