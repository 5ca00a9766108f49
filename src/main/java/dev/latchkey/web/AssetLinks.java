package dev.latchkey.web;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.views.thymeleaf.LinkBuilder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

    private static String digest(String file) {
        try (InputStream content = AssetLinks.class.getResourceAsStream("/static/" + file)) {
            if (content == null) {
                throw new IllegalArgumentException("A template links to an asset that does not exist: " + file);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException("An asset cannot be read: " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
