package dev.latchkey.journey;

import com.microsoft.playwright.Browser;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole story in Firefox, with its own ideas of canvases. */
@InBrowser(LocalBrowser.FIREFOX)
class FirefoxJourneyIT {
    private static Browser firefox;

    @BeforeAll
    static void start() {
        firefox = LocalBrowser.FIREFOX.browser();
    }

    @AfterAll
    static void nothingSecretIsLeftBehind() {
        if (firefox != null) {
            ProfileStory.assertNothingSecretIsLeftBehind();
        }
    }

    @Test
    void onADesktop() {
        new ProfileStory("firefox", true).in(firefox, Visit.desktop());
    }

    /** Tor Browser, LibreWolf and Mullvad are set so: whoever reads a canvas gets noise. */
    @Test
    void whereACanvasIsNoise() {
        try (Browser wary = LocalBrowser.FIREFOX.start(Map.of("privacy.resistFingerprinting", true))) {
            new ProfileStory("firefox-wary", false).in(wary, Visit.desktop());
        }
    }
}
