package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** OAuth's messages as they come in and go out; what they mean is the library's and the controllers' to say. */
@Singleton
final class OAuthMessages {
    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String MAY_REPEAT = "resource";

    private final Forms forms;
    private final BaseUrl baseUrl;

    OAuthMessages(Forms forms, BaseUrl baseUrl) {
        this.forms = forms;
        this.baseUrl = baseUrl;
    }

    /**
     * The parameters of a form. What has no value counts as left out (RFC 6749, section 3.2).
     *
     * @throws ParseException when it is no form, too large, or says anything twice but the resource (RFC 8707, section 2)
     */
    Map<String, List<String>> read(HttpRequest<?> request) throws ParseException {
        String form;
        try {
            form = forms.encodedForm(request);
        } catch (ProblemException e) {
            throw refused(
                    e.problem(), "The body must be application/x-www-form-urlencoded, whole and of at most 64 KiB");
        }
        if (BROKEN.matcher(form).find()) {
            throw refused(OAuth2Error.INVALID_REQUEST, "The body holds broken percent-encoding");
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>(URLUtils.parseParameters(form));
        parameters.values().removeIf(values -> values.stream().allMatch(String::isBlank));
        if (parameters.entrySet().stream()
                .anyMatch(parameter ->
                        parameter.getValue().size() > 1 && !parameter.getKey().equals(MAY_REPEAT))) {
            throw refused(OAuth2Error.INVALID_REQUEST, "A parameter is there more than once");
        }
        return parameters;
    }

    /** The request that the library reads, with these parameters of it. */
    HTTPRequest message(HttpRequest<?> request, Map<String, List<String>> parameters) throws ParseException {
        HTTPRequest message = new HTTPRequest(HTTPRequest.Method.POST, URI.create(baseUrl.resolve(request.getPath())));
        message.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        message.setBody(URLUtils.serializeParameters(parameters));
        List<String> credentials = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
        if (credentials.size() > 1) {
            throw refused(OAuth2Error.INVALID_REQUEST, "Authorization is there more than once");
        }
        if (!credentials.isEmpty()) {
            message.setAuthorization(credentials.getFirst());
        }
        return message;
    }

    /** What a client gets that nobody else may keep (RFC 6749, section 5.1). */
    static MutableHttpResponse<?> answer(HttpStatus status, Map<String, Object> members) {
        return HttpResponse.status(status)
                .body(members)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.PRAGMA, "no-cache");
    }

    /** An error; where it is about who the client is, with how it could prove that (RFC 6749, section 5.2). */
    static MutableHttpResponse<?> error(ErrorObject error) {
        MutableHttpResponse<?> response =
                answer(HttpStatus.valueOf(error.getHTTPStatusCode()), new TokenErrorResponse(error).toJSONObject());
        return error.getCode().equals(OAuth2Error.INVALID_CLIENT_CODE)
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"oauth\"")
                : response;
    }

    static MutableHttpResponse<?> error(ParseException e) {
        return error(
                e.getErrorObject() == null
                        ? OAuth2Error.INVALID_REQUEST.setDescription(ErrorObject.removeIllegalChars(e.getMessage()))
                        : e.getErrorObject());
    }

    static MutableHttpResponse<?> tooMany(Duration wait) {
        return error(OAuthErrors.TOO_MANY).header(HttpHeaders.RETRY_AFTER, String.valueOf(Problem.seconds(wait)));
    }

    static ParseException refused(ErrorObject error, String why) {
        return new ParseException(why, error.setDescription(why));
    }

    static ParseException refused(Problem problem, String why) {
        return refused(OAuthErrors.of(problem), why);
    }
}
