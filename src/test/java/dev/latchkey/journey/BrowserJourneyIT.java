package dev.latchkey.journey;

import com.microsoft.playwright.Browser;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole story in one kind of browser after another. */
@InBrowser
class BrowserJourneyIT {
    private static Browser chromium;

    @BeforeAll
    static void start() {
        chromium = LocalBrowser.CHROMIUM.browser();
    }

    @AfterAll
    static void nothingSecretIsLeftBehind() {
        if (chromium != null) {
            ProfileStory.assertNothingSecretIsLeftBehind();
        }
    }

    @Test
    void onADesktop() {
        new ProfileStory("desktop", true).in(chromium, Visit.desktop());
    }

    @Test
    void withoutJavaScript() {
        new ProfileStory("no-script", false).in(chromium, Visit.desktop().setJavaScriptEnabled(false));
    }

    @Test
    void onAPhone() {
        new ProfileStory("phone", true).in(chromium, Visit.phone());
    }

    @Test
    void inTheDark() {
        new ProfileStory("phone-dark", true).in(chromium, Visit.dark(Visit.phone()));
    }
}
