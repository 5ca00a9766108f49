package dev.latchkey.web;

import dev.latchkey.text.Resources;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.views.thymeleaf.LinkBuilder;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.thymeleaf.context.IExpressionContext;

/**
 * Puts a digest of the content behind each {@code @{/assets/…}} of a template, so that browsers may keep assets for
 * ever and still see the next release at once.
 */
@Singleton
@Replaces(LinkBuilder.class)
final class AssetLinks extends LinkBuilder {
    private static final String ASSETS = "/assets/";
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    AssetLinks(HttpServerConfiguration configuration) {
        super(configuration);
    }

    @Override
    protected String processLink(IExpressionContext context, String link) {
        return link.startsWith(ASSETS)
                ? versions.computeIfAbsent(link, asset -> asset + "?v=" + digest(asset.substring(ASSETS.length())))
                : link;
    }

    /** Of an asset, by the name of its file. */
    static String digest(String file) {
        return DigestUtils.sha256Hex(Resources.bytes("static/" + file)).substring(0, 12);
    }
}
