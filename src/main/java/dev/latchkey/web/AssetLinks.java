package dev.latchkey.web;

import dev.latchkey.text.Resources;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.views.thymeleaf.LinkBuilder;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Resources.bytes("static/" + file));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
