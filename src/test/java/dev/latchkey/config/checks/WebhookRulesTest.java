package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRulesTest {
    private static final String URL = "https://app.example.com/hooks/latchkey";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                URL + "|" + SECRET,
                "https://10.0.0.7:8443/hook?tenant=7|" + SECRET,
                "https://hooks.internal|" + SECRET + "," + SECRET,
                URL + "|" + SECRET
                        + " whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg=="
            })
    void letsASafeConfigurationPass(String url, String secret) {
        assertThat(findings(url, secret)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://app.example.com/|is not https",
                "ftp://app.example.com/|is not an address that begins with https:// and an ASCII host name",
                "app.example.com|is not an address that begins with https:// and an ASCII host name",
                "https:///hook|is not an address that begins with https:// and an ASCII host name",
                "https://a b/|is not an address",
                "https://me:secret@app.example.com/|holds a user name",
                "https://app.example.com/#here|holds a fragment, which is never sent"
            })
    void refusesAnAddressThatIsUnsafeOrNone(String url, String wrong) {
        assertThat(findings(url, SECRET))
                .containsExactly(
                        "LATCHKEY_WEBHOOK_URL: " + wrong + ". Set it to where events are to be posted, such as "
                                + "https://app.example.com/hooks/latchkey.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_no base64",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
                "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
                "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjA=",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                SECRET + ",MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void refusesASecretThatReceiversCouldNotReadAndDoesNotRepeatIt(String secret) {
        assertThat(findings(URL, secret))
                .containsExactly(
                        "LATCHKEY_WEBHOOK_SECRET: holds something else than whsec_ and the base64 of 24 to 64 bytes. Set it to"
                                + " what \"echo whsec_$(openssl rand -base64 32)\" prints; separate several by a comma.");
    }

    @Test
    void refusesOneWithoutTheOther() {
        assertThat(findings(URL, ""))
                .containsExactly(
                        "LATCHKEY_WEBHOOK_SECRET: is missing. Set it beside LATCHKEY_WEBHOOK_URL, or unset both.");
        assertThat(findings("", SECRET))
                .containsExactly(
                        "LATCHKEY_WEBHOOK_URL: is missing. Set it beside LATCHKEY_WEBHOOK_SECRET, or unset both.");
        assertThat(findings(URL, "", "dev")).as("it cannot work in dev either").hasSize(1);
    }

    @Test
    void letsDevelopersReceiveOnTheirOwnMachine() {
        assertThat(findings("http://127.0.0.1:3000/", SECRET, "dev")).isEmpty();
    }

    private List<String> findings(String url, String secret, String... environments) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "latchkey.data-dir", data.toString(),
                "latchkey.base-url", "https://id.example.com",
                "latchkey.smtp.host", "mail.example.com",
                "latchkey.mail-from", "Latchkey <latchkey@example.com>"));
        settings.put("latchkey.webhook-url", url);
        settings.put("latchkey.webhook-secret", secret);
        return StartUpChecks.forServing(ApplicationContext.builder(environments)
                .deduceEnvironment(false)
                .properties(settings)
                .build()
                .getEnvironment()
                .start());
    }
}
