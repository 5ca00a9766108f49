package dev.latchkey.web;

import dev.latchkey.account.Account;
import dev.latchkey.account.Tier;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProCondition;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.profile.proposal.ProposedChanges;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.text.ListFormat;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together the edit page in each of its states. */
@Singleton
final class EditPages {
    /** The order of the fields on the page, which is the order of the error summary. */
    private static final List<String> FIELDS = List.of("photo", "name", "nickname", "bio", "locale", "passphrase");

    private final PageTexts texts;
    private final PageLocale locales;
    private final LanguageChoices languages;
    private final PhotoUrls photoUrls;
    private final BaseUrl baseUrl;
    private final ProposedChanges proposals;

    EditPages(
            PageTexts texts,
            PageLocale locales,
            LanguageChoices languages,
            PhotoUrls photoUrls,
            BaseUrl baseUrl,
            ProposedChanges proposals) {
        this.texts = texts;
        this.locales = locales;
        this.languages = languages;
        this.photoUrls = photoUrls;
        this.baseUrl = baseUrl;
        this.proposals = proposals;
    }

    /** The form with what is stored. */
    MutableHttpResponse<?> stored(HttpRequest<?> request, String token, LoadOutcome.Loaded loaded) {
        EditForm form = EditForm.of(loaded.view().profile());
        EditLink link = link(request, token, loaded.link(), loaded.view(), null);
        return page(request, link, form, EditPage.Notice.NONE, Map.of(), Map.of(), Set.of(), false);
    }

    /** The form with what is stored, saying that nothing was saved: all of it is stored already, or nothing was ticked. */
    MutableHttpResponse<?> unchanged(
            HttpRequest<?> request, String token, LoadOutcome.Loaded loaded, SubmittedForm typed) {
        EditForm form = EditForm.of(loaded.view().profile());
        EditLink link = link(
                request,
                token,
                loaded.link(),
                loaded.view(),
                typed.over(loaded.view().profile()));
        boolean waiting =
                link.proposals().values().stream().anyMatch(proposal -> !proposal.accepted() && !proposal.same());
        EditPage.Notice notice = waiting ? EditPage.Notice.UNTICKED : EditPage.Notice.UNCHANGED;
        return page(request, link, form, notice, Map.of(), Map.of(), Set.of(), false);
    }

    /** The form with what was typed, saying what is wrong with it. */
    MutableHttpResponse<?> invalid(
            HttpRequest<?> request,
            String token,
            LoadOutcome.Loaded loaded,
            SubmittedForm typed,
            Map<String, String> errors) {
        EditLink link = link(request, token, loaded.link(), loaded.view(), typed);
        Locale locale = locales.resolveOrDefault(request);
        Map<String, String> sentences = new LinkedHashMap<>();
        FIELDS.stream()
                .filter(errors::containsKey)
                .forEach(field -> sentences.put(field, texts.text(locale, "error." + field + "." + errors.get(field))));
        return page(
                request,
                link,
                typed.form(),
                EditPage.Notice.INVALID,
                sentences,
                Map.of(),
                typed.again(errors.keySet()),
                false);
    }

    /** The form with what was typed beside what somebody else stored meanwhile. */
    MutableHttpResponse<?> conflict(
            HttpRequest<?> request, String token, SaveOutcome.VersionConflict conflict, SubmittedForm typed) {
        ProfileView current = conflict.current();
        SubmittedForm merged = typed.over(current.profile());
        EditLink link = link(request, token, conflict.link(), current, merged);
        return page(
                request,
                link,
                merged.form(),
                EditPage.Notice.CONFLICT,
                Map.of(),
                stored(conflict, locales.resolveOrDefault(request)),
                typed.again(Set.of()),
                false);
    }

    /** The form with what was typed, save the nickname, which is our idea; nothing is stored. */
    MutableHttpResponse<?> suggested(
            HttpRequest<?> request, String token, LoadOutcome.Loaded loaded, SubmittedForm typed, String nickname) {
        EditLink link = link(request, token, loaded.link(), loaded.view(), typed);
        EditForm form = typed.form().withNickname(nickname);
        return page(request, link, form, EditPage.Notice.NONE, Map.of(), Map.of(), typed.again(Set.of()), true);
    }

    /**
     * The form with what was typed, which cannot be saved just now.
     *
     * @param unknown whether it may have been saved all the same
     */
    MutableHttpResponse<?> unavailable(
            HttpRequest<?> request,
            String token,
            LoadOutcome.@Nullable Loaded loaded,
            SubmittedForm typed,
            boolean unknown) {
        EditPage.Notice notice = unknown ? EditPage.Notice.UNKNOWN : EditPage.Notice.UNAVAILABLE;
        EditLink link = loaded == null
                ? EditLink.unknown(EditController.address(token), ProposedField.of(typed))
                : link(request, token, loaded.link(), loaded.view(), typed);
        return page(request, link, typed.form(), notice, Map.of(), Map.of(), typed.again(Set.of()), false)
                .header("Retry-After", "5");
    }

    /** Each field's reason by its name, as in the keys of the texts. */
    static Map<String, String> reasons(List<InvalidField> fields) {
        Map<String, String> reasons = new HashMap<>();
        fields.forEach(field -> reasons.put(field.field().key(), key(field.reason())));
        return reasons;
    }

    static Map<String, String> reason(PhotoResult.Reason reason) {
        return Map.of("photo", key(reason));
    }

    static String key(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is stored now in the fields that both changed, in words and in the order of the page. */
    private static Map<String, String> stored(SaveOutcome.VersionConflict conflict, Locale locale) {
        Map<String, String> stored = new HashMap<>();
        for (ProfileField field : conflict.fields()) {
            String now = Objects.requireNonNullElse(conflict.current().profile().value(field), "");
            stored.put(
                    field.key(),
                    field == ProfileField.LOCALE && !now.isEmpty() ? LanguageChoices.name(now, locale) : now);
        }
        Map<String, String> inOrder = new LinkedHashMap<>();
        FIELDS.stream().filter(stored::containsKey).forEach(field -> inOrder.put(field, stored.get(field)));
        return inOrder;
    }

    private EditLink link(
            HttpRequest<?> request,
            String token,
            Inspection.Open open,
            ProfileView view,
            @Nullable SubmittedForm typed) {
        locales.follow(request, view.profile().locale());
        Account account = view.account();
        Locale locale = locales.resolveOrDefault(request);
        return new EditLink(
                EditController.address(token),
                account.email().value(),
                Integer.toString(account.pin()),
                key(account.tier()),
                missing(view, locale),
                open.matchPhrase(),
                Moment.of(open.expiresAt(), locale),
                photo(view.profile()),
                view.hasPassphrase(),
                view.hasPassphrase() && !account.verified(),
                proposals
                        .of(open)
                        .map(proposal -> ProposedField.of(proposal, view.profile(), typed, locale))
                        .orElse(Map.of()));
    }

    private @Nullable String missing(ProfileView view, Locale locale) {
        if (view.account().tier() == Tier.PRO) {
            return null;
        }
        List<String> conditions = ProCondition.missing(view).stream()
                .map(condition -> texts.text(locale, "edit.tier.missing." + condition.key()))
                .toList();
        return conditions.isEmpty()
                ? texts.text(locale, "edit.tier.complete")
                : texts.text(
                        locale,
                        "edit.tier.missing",
                        ListFormat.getInstance(locale, ListFormat.Type.STANDARD, ListFormat.Style.FULL)
                                .format(conditions));
    }

    /** Our own photos by path alone, so that they are of this page's origin whatever name it was reached by. */
    private @Nullable String photo(Profile profile) {
        String url = photoUrls.urlOrNull(profile.photoHash());
        return url != null && url.startsWith(baseUrl.resolve("/"))
                ? url.substring(baseUrl.toString().length())
                : url;
    }

    /** Where an error is mended: in the proposal, where the person took it. */
    private static Map<String, String> targets(EditLink link) {
        Map<String, String> targets = new HashMap<>();
        link.proposals().forEach((field, proposal) -> {
            if (proposal.accepted() && !proposal.same() && !field.equals("photo")) {
                targets.put(field, "proposed-" + field);
            }
        });
        return targets;
    }

    private MutableHttpResponse<?> page(
            HttpRequest<?> request,
            EditLink link,
            EditForm form,
            EditPage.Notice notice,
            Map<String, String> errors,
            Map<String, String> stored,
            Set<String> again,
            boolean suggested) {
        Locale locale = locales.resolveOrDefault(request);
        List<LanguageChoices.Choice> choices = languages.on(locale, Objects.requireNonNullElse(form.locale(), ""));
        ProposedField proposed = link.proposals().get("locale");
        List<LanguageChoices.Choice> proposedChoices =
                proposed == null ? List.of() : languages.on(locale, proposed.text());
        EditPage page = new EditPage(link, form, choices, errors, notice, stored, again, suggested);
        Map<String, Object> model = page.model();
        model.put("proposedLanguages", proposedChoices);
        model.put("targets", targets(link));
        return Pages.show(notice.status, "edit", model);
    }
}
