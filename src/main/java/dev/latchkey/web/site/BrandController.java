package dev.latchkey.web.site;

import dev.latchkey.config.Brand;
import dev.latchkey.config.Logo;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.text.Resources;
import dev.latchkey.web.Lasting;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How the operator looks: their logo and their colours, where they said so, beside the assets that are always there. */
@Controller
@Produces(MediaType.ALL)
final class BrandController {
    /** A drawing that is opened by itself is a document of this origin: nothing in it may run or fetch. */
    private static final String ONLY_A_DRAWING =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

    private final Brand brand;
    private final Problems problems;
    private final byte[] icon = Resources.bytes("static/favicon.ico");

    BrandController(Brand brand, Problems problems) {
        this.brand = brand;
        this.problems = problems;
    }

    @Get("/assets/brand.css")
    HttpResponse<?> styles(HttpRequest<?> request) {
        String styles = brand.styles();
        return styles == null
                ? nothing(request)
                : answer(
                        request,
                        styles.getBytes(StandardCharsets.UTF_8),
                        "text/css;charset=utf-8",
                        brand.stylesAddress());
    }

    @Get("/assets/brand.svg")
    HttpResponse<?> drawing(HttpRequest<?> request) {
        return logo(request, Logo.Type.SVG);
    }

    @Get("/assets/brand.png")
    HttpResponse<?> picture(HttpRequest<?> request) {
        return logo(request, Logo.Type.PNG);
    }

    /** For browsers that look for it at the root, as they do beside answers that are no pages. */
    @Get("/favicon.ico")
    HttpResponse<?> favicon() {
        Logo logo = brand.logo();
        return (logo == null
                        ? HttpResponse.ok(icon).contentType("image/x-icon")
                        : drawn(HttpResponse.ok(logo.bytes()), logo))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400");
    }

    private HttpResponse<?> logo(HttpRequest<?> request, Logo.Type type) {
        Logo logo = brand.logo();
        return logo == null || logo.type() != type
                ? nothing(request)
                : drawn(answer(request, logo.bytes(), logo.mediaType(), brand.logoAddress()), logo);
    }

    private static <T> MutableHttpResponse<T> drawn(MutableHttpResponse<T> response, Logo logo) {
        return response.contentType(logo.mediaType()).header("Content-Security-Policy", ONLY_A_DRAWING);
    }

    private HttpResponse<?> nothing(HttpRequest<?> request) {
        return problems.respond(request, Problem.of(ProblemType.NOT_FOUND));
    }

    private static MutableHttpResponse<?> answer(
            HttpRequest<?> request, byte[] content, String type, @Nullable String address) {
        return Lasting.show(request, String.valueOf(address).replaceFirst(".*=", ""), content, type);
    }
}
