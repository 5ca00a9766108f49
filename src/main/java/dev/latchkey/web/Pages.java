package dev.latchkey.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.views.ModelAndView;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers with a view. */
public final class Pages {
    static final String LEADS_TO = "latchkey.forms-lead-to";
    static final String FOR_ALL = "latchkey.for-all";

    private Pages() {}

    /** A constant as the texts call it. */
    public static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A view with its model.
     *
     * @param namesAndValues in turn; a value that is absent is left out, which templates see as null
     */
    public static MutableHttpResponse<?> show(HttpStatus status, String view, @Nullable Object... namesAndValues) {
        Map<String, Object> model = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                model.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return HttpResponse.status(status).contentType(MediaType.TEXT_HTML_TYPE).body(new ModelAndView<>(view, model));
    }

    /** A view that holds nothing of anybody's: it is written once for all who would see the same. */
    public static MutableHttpResponse<?> showAll(String view, @Nullable Object... namesAndValues) {
        MutableHttpResponse<?> page = show(HttpStatus.OK, view, namesAndValues);
        page.setAttribute(FOR_ALL, true);
        return page;
    }

    /**
     * Lets the forms of a page lead elsewhere: browsers refuse a redirect after a form that the page's policy does not
     * name.
     *
     * @param source what may follow, in the words of {@code form-action}
     */
    public static MutableHttpResponse<?> leadingTo(MutableHttpResponse<?> page, String source) {
        page.setAttribute(LEADS_TO, source);
        return page;
    }
}
