package dev.latchkey.web.edit;

import dev.latchkey.account.Account;
import dev.latchkey.http.Problem;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.proposal.Proposals;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.LanguageChoices;
import dev.latchkey.web.Moment;
import dev.latchkey.web.Pages;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together the edit page in each of its states. */
@Singleton
public final class EditPages {
    /** The input for the passphrase that proves who asks. */
    public static final String CURRENT = "current";

    private final Texts texts;
    private final Languages locales;
    private final LanguageChoices languages;
    private final PhotoUrls photos;
    private final Proposals proposals;

    EditPages(
            @Named("messages") Texts texts,
            Languages locales,
            LanguageChoices languages,
            PhotoUrls photos,
            Proposals proposals) {
        this.texts = texts;
        this.locales = locales;
        this.languages = languages;
        this.photos = photos;
        this.proposals = proposals;
    }

    /** The form with what is stored. */
    public MutableHttpResponse<?> stored(HttpRequest<?> request, EditPage.Place place) {
        return show(request, page(request, place, EditForm.of(place.stored()), null));
    }

    /** The form with what is stored, saying that nothing was saved: all of it is stored already, or nothing was ticked. */
    public MutableHttpResponse<?> unchanged(HttpRequest<?> request, EditPage.Place place, EditForm typed) {
        Profile stored = place.stored();
        EditPage page = page(request, place, EditForm.of(stored), typed.over(stored));
        Collection<ProposedField> proposals = page.proposals().values();
        EditPage.Notice notice;
        if (proposals.stream().noneMatch(ProposedField::waiting)) {
            notice = EditPage.Notice.UNCHANGED;
        } else if (proposals.stream().noneMatch(ProposedField::accepted)) {
            notice = EditPage.Notice.UNTICKED;
        } else {
            notice = EditPage.Notice.PARTLY_TICKED;
        }
        return show(request, page.saying(notice));
    }

    /** The form with what is stored, saying what was changed just now. */
    public MutableHttpResponse<?> saved(HttpRequest<?> request, EditPage.Place place, List<String> changed) {
        EditPage page = page(request, place, EditForm.of(place.stored()), null);
        return show(request, page.saying(EditPage.Notice.SAVED).having(changed));
    }

    /** The form with what was typed, saying what it takes to set a new passphrase. */
    public MutableHttpResponse<?> unproven(HttpRequest<?> request, EditPage.Place place, EditForm typed, String why) {
        return show(request, page(request, place, typed, typed).unproven(why));
    }

    /** The form with what was typed, saying what is wrong with it. */
    public MutableHttpResponse<?> refused(
            HttpRequest<?> request, EditPage.Place place, EditForm typed, ChangeRefused why) {
        Map<ProfileField, String> wrong = new EnumMap<>(ProfileField.class);
        Duration wait = null;
        switch (why) {
            case ChangeRefused.InvalidFields invalid ->
                invalid.fields().forEach(field -> wrong.put(field.field(), Pages.key(field.reason())));
            case ChangeRefused.PhotoRefused photo -> wrong.put(ProfileField.PHOTO, Pages.key(photo.reason()));
            case ChangeRefused.TooManyUploads many -> {
                wrong.put(ProfileField.PHOTO, "too-many");
                wait = many.retryAfter();
            }
        }
        MutableHttpResponse<?> page =
                show(request, page(request, place, typed, typed).refusing(wrong));
        // Rounded up, as somebody who comes a moment too early is refused again.
        return wait == null
                ? page
                : page.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(Problem.seconds(wait)));
    }

    /** The form with what was typed beside what somebody else stored meanwhile, in the fields that both changed. */
    public MutableHttpResponse<?> conflict(
            HttpRequest<?> request, EditPage.Place place, Set<ProfileField> disputed, EditForm typed) {
        Profile stored = place.stored();
        EditForm merged = typed.over(stored);
        Map<ProfileField, String> now = stored.values();
        now.keySet().retainAll(disputed);
        return show(request, page(request, place, merged, merged).beside(now));
    }

    /** The form with what was typed, save the nickname, which is our idea; nothing is stored. */
    public MutableHttpResponse<?> suggested(
            HttpRequest<?> request, EditPage.Place place, EditForm typed, String nickname) {
        return show(request, page(request, place, typed, typed).suggesting(nickname));
    }

    /**
     * The form with what was typed, which cannot be saved just now.
     *
     * @param unknown whether it may have been saved all the same
     */
    public MutableHttpResponse<?> unavailable(
            HttpRequest<?> request, EditPage.Place place, EditForm typed, boolean unknown) {
        EditPage page = place.view() == null
                ? EditPage.of(place, EditPage.Link.unknown(place.action()), typed, ProposedField.of(typed))
                : page(request, place, typed, typed);
        return show(request, page.saying(unknown ? EditPage.Notice.UNKNOWN : EditPage.Notice.UNAVAILABLE))
                .header(HttpHeaders.RETRY_AFTER, "5");
    }

    /**
     * The page as it starts out.
     *
     * @param form what it shows
     * @param typed what was sent, also about the proposals; absent when nothing was
     */
    private EditPage page(HttpRequest<?> request, EditPage.Place place, EditForm form, @Nullable EditForm typed) {
        ProfileView view = Objects.requireNonNull(place.view());
        Inspection.Open opened = place.link();
        locales.follow(request, view.profile().locale());
        Account account = view.account();
        Locale locale = locales.resolveOrDefault(request);
        EditPage.Link link = new EditPage.Link(
                place.action(),
                account.email().value(),
                Integer.toString(account.pin()),
                // A link was mailed to the address it stands for.
                Standing.of(view, opened != null, texts, locale),
                opened == null ? null : opened.matchPhrase(),
                opened == null ? null : Moment.of(opened.expiresAt(), locale),
                photos.onPageOrNull(view.profile().photoHash()),
                view.hasPassphrase(),
                opened != null && view.hasPassphrase() && !account.verified(),
                opened == null ? null : opened.provenance().assistant());
        return EditPage.of(
                place,
                link,
                form,
                Optional.ofNullable(opened)
                        .flatMap(proposals::of)
                        .map(proposal -> ProposedField.of(proposal, view.profile(), typed, locale))
                        .orElse(Map.of()));
    }

    private MutableHttpResponse<?> show(HttpRequest<?> request, EditPage page) {
        Locale locale = locales.resolveOrDefault(request);
        List<EditField> fields = new ArrayList<>();
        Map<String, String> errors = new LinkedHashMap<>();
        Map<String, String> summary = new LinkedHashMap<>();
        Map<String, String> listed = new LinkedHashMap<>();
        for (ProfileField field : EditForm.FIELDS) {
            EditField shown = EditField.of(page, field, texts, locale);
            fields.add(shown);
            if (page.stored().containsKey(field)) {
                listed.put(shown.key(), shown.key());
            }
            if (page.notice().waiting
                    && shown.proposal() != null
                    && shown.proposal().waiting()) {
                listed.put("accept-" + shown.key(), shown.key());
            }
            if (shown.error() != null) {
                errors.put(shown.key(), shown.error());
                summary.put(shown.target(), shown.error());
            }
        }
        if (page.unproven() != null) {
            String input = page.place().asksCurrent() ? CURRENT : ProfileField.PASSPHRASE.key();
            errors.put(input, page.unproven());
            summary.put(input, page.unproven());
        }
        ProposedField proposed = page.proposals().get(ProfileField.LOCALE);
        return Pages.show(
                page.notice().status,
                "edit",
                "link",
                page.link(),
                "form",
                page.form(),
                "fields",
                fields,
                "errors",
                errors,
                "summary",
                summary,
                "place",
                page.place(),
                "notice",
                page.notice().heading,
                "more",
                page.notice().more(page.place().csrf() != null),
                "changed",
                page.changed().isEmpty() ? null : page.changed(),
                "listed",
                listed.isEmpty() ? null : listed,
                "proposed",
                !page.proposals().isEmpty(),
                "assistant",
                page.link().assistant(),
                "bad",
                page.notice().bad(),
                "dirty",
                page.suggested() || page.notice().status.getCode() >= 400,
                "languages",
                languages.on(locale, page.form().texts().getOrDefault(ProfileField.LOCALE, "")),
                "proposedLanguages",
                proposed == null ? null : languages.on(locale, proposed.text()));
    }
}
