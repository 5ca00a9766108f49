package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.missingBeside;
import static dev.latchkey.config.checks.ConfigurationRule.value;

import dev.latchkey.config.operating.WebhookSettings;
import java.util.List;

/** What must be true of the settings by which others are told what happens to accounts. */
final class WebhookRules {
    private static final String URL = WebhookSettings.URL;
    private static final String SECRET = "latchkey.webhook-secret";

    static final List<ConfigurationRule> ALL = List.of(
            missingBeside(URL, SECRET),
            missingBeside(SECRET, URL),
            value(
                    URL,
                    WebhookSettings::urlObjection,
                    "Set it to where events are to be posted, such as https://app.example.com/hooks/latchkey"),
            value(
                    SECRET,
                    (secret, dev) -> WebhookSettings.secretObjection(secret),
                    "Set it to what \"echo whsec_$(openssl rand -base64 32)\" prints; separate several by a comma"));

    private WebhookRules() {}
}
