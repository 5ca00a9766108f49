package dev.latchkey.web.edit;

import dev.latchkey.http.Problem;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.profile.proposal.Proposals;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.LanguageChoices;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.ExistingPassphrase;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private final EditHeads heads;
    private final Proposals proposals;

    EditPages(
            @Named("messages") Texts texts,
            Languages locales,
            LanguageChoices languages,
            EditHeads heads,
            Proposals proposals) {
        this.texts = texts;
        this.locales = locales;
        this.languages = languages;
        this.heads = heads;
        this.proposals = proposals;
    }

    /** The form with what is stored. */
    public MutableHttpResponse<?> stored(HttpRequest<?> request, EditPage.Place place) {
        return show(request, page(request, place, EditForm.of(place.stored()), null));
    }

    /**
     * The form as it is opened.
     *
     * @param returned what was typed before and never saved; it is in the form again, which says so
     */
    MutableHttpResponse<?> opened(HttpRequest<?> request, EditPage.Place place, Map<ProfileField, String> returned) {
        Map<ProfileField, String> typed = new EnumMap<>(ProfileField.class);
        typed.putAll(returned);
        typed.entrySet()
                .removeIf(
                        field -> field.getValue().equals(place.stored().values().getOrDefault(field.getKey(), "")));
        if (typed.isEmpty()) {
            return stored(request, place);
        }
        EditPage page = page(request, place, EditForm.of(place.stored()).with(typed), null);
        return show(request, page.saying(EditPage.Notice.RETURNED));
    }

    /**
     * The form with what was typed, saying when the link ends.
     *
     * @param given whether that is later than before
     */
    MutableHttpResponse<?> timed(HttpRequest<?> request, EditPage.Place place, EditForm typed, boolean given) {
        EditPage page = page(request, place, typed, typed);
        return show(request, page.saying(given ? EditPage.Notice.MORE_TIME : EditPage.Notice.NO_MORE_TIME));
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

    /** The same, asking once more whose the passphrase is that is stored. */
    MutableHttpResponse<?> overlooked(HttpRequest<?> request, EditPage.Place place, EditForm typed) {
        EditPage page = page(request, place, typed, typed);
        return show(request, page.unproven(texts.text(locales.resolveOrDefault(request), ExistingPassphrase.MISSING)));
    }

    /** The form with what was typed, saying what is wrong with it. */
    public MutableHttpResponse<?> refused(
            HttpRequest<?> request, EditPage.Place place, EditForm typed, ChangeRefused why) {
        MutableHttpResponse<?> page =
                show(request, page(request, place, typed, typed).refusing(EditField.reasons(why)));
        // Rounded up, as somebody who comes a moment too early is refused again.
        return why instanceof ChangeRefused.TooManyUploads many
                ? page.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(Problem.seconds(many.retryAfter())))
                : page;
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
        Locale locale = locales.resolveOrDefault(request);
        Proposal waiting = opened == null ? null : proposals.of(opened).orElse(null);
        return EditPage.of(
                place,
                heads.of(place, view, locale),
                form,
                waiting == null ? Map.of() : ProposedField.of(waiting, view.profile(), typed, locale));
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
            errors.put(page.unprovenAt(), page.unproven());
            summary.put(page.unprovenAt(), page.unproven());
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
                "returned",
                page.notice() == EditPage.Notice.RETURNED,
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
                page.suggested() || page.notice().unsaved(),
                "languages",
                languages.on(locale, page.form().texts().getOrDefault(ProfileField.LOCALE, "")),
                "proposedLanguages",
                proposed == null ? null : languages.on(locale, proposed.text()));
    }
}
