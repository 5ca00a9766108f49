package dev.latchkey.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers post, with and without their proof. */
class MailWebhookControllerTest {
    private static final List<String> HARD =
            List.of("mailgun-failed-permanent", "sendgrid-bounce", "postmark-hard-bounce", "ses-bounce-permanent");

    private final Client api = Client.shared(Database.SQLITE, Providers.SETTINGS);
    private final Providers providers = new Providers(api);
    private final Account ada = People.somebody(api.server().getApplicationContext());
    private final String email = ada.email().value();

    private @Nullable Undeliverable why() {
        return api.server()
                .getApplicationContext()
                .getBean(Accounts.class)
                .findById(ada.id())
                .orElseThrow()
                .undeliverableWhy();
    }

    @ParameterizedTest
    @DisplayName("A hard bounce is kept with the account, whoever tells it")
    @ValueSource(
            strings = {
                "mailgun-failed-permanent",
                "mailgun-failed-suppressed",
                "sendgrid-bounce",
                "sendgrid-dropped-bounced",
                "postmark-hard-bounce",
                "postmark-bad-address",
                "postmark-deactivated",
                "ses-bounce-permanent",
                "ses-bounce-suppressed",
                "ses-bounce-event"
            })
    void keepsHardBounces(String sample) {
        assertThat(providers
                        .send(sample, email.toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(200);
        assertThat(why()).isEqualTo(Undeliverable.BOUNCE);
    }

    @ParameterizedTest
    @DisplayName("A complaint is kept with the account, whoever tells it")
    @ValueSource(
            strings = {
                "mailgun-complained",
                "sendgrid-spamreport",
                "sendgrid-dropped-complained",
                "postmark-spam-complaint",
                "ses-complaint"
            })
    void keepsComplaints(String sample) {
        assertThat(providers.send(sample, email).status()).isEqualTo(200);
        assertThat(why()).isEqualTo(Undeliverable.COMPLAINT);
    }

    @ParameterizedTest
    @DisplayName("What passes, what is about us, and what arrived changes nothing")
    @ValueSource(
            strings = {
                "mailgun-failed-temporary",
                "mailgun-failed-blocked",
                "mailgun-failed-unsubscribed",
                "mailgun-delivered",
                "mailgun-clicked",
                "sendgrid-blocked",
                "sendgrid-dropped-unsubscribed",
                "sendgrid-deferred",
                "sendgrid-delivered",
                "sendgrid-click",
                "postmark-soft-bounce",
                "postmark-transient",
                "postmark-blocked",
                "postmark-auto-responder",
                "postmark-delivery",
                "postmark-click",
                "ses-bounce-transient",
                "ses-bounce-undetermined",
                "ses-complaint-not-spam",
                "ses-delivery",
                "ses-click"
            })
    void leavesOthersAlone(String sample) {
        assertThat(providers.send(sample, email).status()).isEqualTo(200);
        assertThat(why()).isNull();
    }

    @Test
    @DisplayName("An address that nobody has is taken note of and changes nothing")
    void knowsNobody() {
        HARD.forEach(sample -> assertThat(
                        providers.send(sample, "nobody-at-all@example.org").status())
                .isEqualTo(200));
    }

    @Test
    @DisplayName("A provider without its setting is not there, whatever it presents")
    void isNotThereWithoutItsSetting() {
        Client without = Client.shared();
        for (String sample : HARD) {
            Providers.Post post = providers.post(sample, email);
            Answer answer = without.send(
                    "POST",
                    "/webhooks/mail/" + post.provider(),
                    post.body(),
                    post.headers().toArray(String[]::new));
            assertThat(answer.status()).as(sample).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
        }
        assertThat(api.post("/webhooks/mail/nobody", "{}").status()).isEqualTo(404);
        assertThat(api.get("/webhooks/mail/mailgun").status()).isEqualTo(405);
    }

    @Test
    @DisplayName("Without a proof nothing changes")
    void wantsAProof() {
        refused(providers.post("postmark-hard-bounce", email).without("Authorization"), 401);
        refused(providers.post("sendgrid-bounce", email).without(SendGridEvents.SIGNATURE), 403);
        refused(providers.post("sendgrid-bounce", email).without(SendGridEvents.TIMESTAMP), 403);
        Providers.Post mailgun = providers.post("mailgun-failed-permanent", email);
        refused(mailgun.with(mailgun.body().replace("\"signature\": {", "\"other\": {")), 403);
        refused(mailgun.with(mailgun.body().replace("\"token\": \"", "\"other\": \"")), 403);
        Providers.Post ses = providers.post("ses-bounce-permanent", email);
        refused(ses.with(ses.body().replace("\"Signature\":", "\"Other\":")), 403);
        refused(ses.with(ses.body().replace("\"SigningCertURL\":", "\"Other\":")), 403);
    }

    @Test
    @DisplayName("A wrong proof changes nothing")
    void refusesForgeries() {
        Instant now = api.clock().instant();
        Providers.Post mailgun = providers.post("mailgun-failed-permanent", email);
        refused(mailgun.with(mailgun.body().replaceFirst("\"token\": \"", "\"token\": \"x")), 403);
        refused(mailgun.with(mailgun.body().replaceFirst("\"signature\": \"[0-9a-f]{2}", "\"signature\": \"zz")), 403);
        Providers.Post sendgrid = providers.post("sendgrid-bounce", "somebody-else@example.org");
        refused(sendgrid.with(sendgrid.body().replace("somebody-else@example.org", email)), 403);
        refused(sendgrid.with(sendgrid.body() + " "), 403);
        for (String wrong : List.of(
                "postmark:wrong",
                "postmark:",
                Providers.POSTMARK + " ",
                "Postmark" + Providers.POSTMARK.substring(8))) {
            Providers.Post postmark = providers.post("postmark-hard-bounce", email);
            refused(Providers.postmark(postmark.body(), wrong), 401);
        }
        Providers.Post ses = providers.post("ses-bounce-permanent", "somebody-else@example.org");
        refused(ses.with(ses.body().replace("somebody-else@example.org", email)), 403);
        SnsKeys stranger = SnsKeys.of("sns.amazonaws.com", "-3000d", 30);
        String event = Providers.sample("ses-bounce-permanent").replace("@email@", email);
        refused(Providers.ses(stranger, "1", Providers.notification(event, now)), 403);
        refused(Providers.ses("3", Providers.notification(event, now)), 403);
    }

    private void refused(Providers.Post post, int status) {
        Answer answer = providers.send(post);
        assertThat(answer.status()).as(post.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).startsWith(status == 401 ? "Basic " : "");
        assertThat(why()).as(post.toString()).isNull();
    }

    @Test
    @DisplayName("What was signed long ago, or in the future, changes nothing")
    void refusesWhatIsOld() {
        for (String sample : List.of("mailgun-failed-permanent", "sendgrid-bounce", "ses-bounce-permanent")) {
            for (Duration past : List.of(Duration.ofHours(2), Duration.ofDays(400), Duration.ofHours(-1))) {
                refused(providers.post(sample, email, api.clock().instant().minus(past)), 403);
            }
        }
    }

    @Test
    @DisplayName("Mailgun's token is good for one time, whatever comes with it later")
    void takesATokenOnce() {
        Providers.Post delivered = providers.post("mailgun-delivered", email);
        assertThat(providers.send(delivered).status()).isEqualTo(200);
        String signature = delivered.body().replaceFirst("(?s).*?(\"signature\": \\{.*?\\}).*", "$1");
        String bounce = Providers.sample("mailgun-failed-permanent")
                .replace("@email@", email)
                .replace("@seconds@", "1763632800")
                .replaceFirst("(?s)\"signature\": \\{.*?\\}", signature);
        assertThat(providers.send(delivered.with(bounce)).status()).isEqualTo(200);
        assertThat(why()).isNull();
    }

    @ParameterizedTest
    @DisplayName("What is proved and cannot be read is a 400")
    @ValueSource(strings = {"mailgun", "sendgrid", "postmark", "ses"})
    void refusesWhatItCannotRead(String provider) {
        Instant now = api.clock().instant();
        String proof =
                "{\"signature\":{\"token\":\"@token@\",\"timestamp\":\"@posted@\",\"signature\":\"@signature@\"}";
        List<Providers.Post> posts = switch (provider) {
            case "mailgun" ->
                List.of(
                        Providers.mailgun("{", now, "t1"),
                        Providers.mailgun("[]", now, "t2"),
                        Providers.mailgun(proof + "}", now, "t3"),
                        Providers.mailgun(proof + ",\"event-data\":[]}", now, "t4"),
                        Providers.mailgun(proof + ",\"event-data\":{}}", now, "t5"),
                        Providers.mailgun(proof + ",\"event-data\":{\"event\":5}}", now, "t6"),
                        Providers.mailgun(proof + ",\"event-data\":{\"event\":\"complained\"}}", now, "t7"));
            case "sendgrid" ->
                List.of(
                        Providers.sendgrid("", now),
                        Providers.sendgrid("{}", now),
                        Providers.sendgrid("[5]", now),
                        Providers.sendgrid("[{}]", now),
                        Providers.sendgrid("[{\"event\":\"spamreport\"}]", now),
                        Providers.sendgrid("[{\"event\":\"spamreport\",\"email\":[\"a@b.example\"]}]", now));
            case "postmark" ->
                List.of(
                        Providers.postmark("", Providers.POSTMARK),
                        Providers.postmark("nothing", Providers.POSTMARK),
                        Providers.postmark("{}", Providers.POSTMARK),
                        Providers.postmark("{\"RecordType\":{}}", Providers.POSTMARK),
                        Providers.postmark("{\"RecordType\":\"SpamComplaint\"}", Providers.POSTMARK));
            default ->
                List.of(
                        new Providers.Post("ses", "", List.of("Content-Type", "text/plain")),
                        new Providers.Post("ses", "[]", List.of("Content-Type", "text/plain")),
                        Providers.ses("2", Providers.notification("{\"notificationType\":\"Bounce\"}", now)),
                        Providers.ses("2", Providers.notification("{\"notificationType\":7}", now)),
                        Providers.ses(
                                "1",
                                Providers.notification(
                                        "{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\"}}", now)));
        };
        for (Providers.Post post : posts) {
            Answer answer = providers.send(post);
            assertThat(answer.status()).as(post.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-request");
        }
    }

    @Test
    @DisplayName("A body that no provider would send is not read to its end")
    void boundsBodies() {
        String large = "\"" + "x".repeat(MailProvider.MOST_BYTES) + "\"";
        assertThat(providers.send(Providers.postmark(large, Providers.POSTMARK)).status())
                .isEqualTo(413);
        assertThat(providers.send(Providers.postmark(large, "not:them")).status())
                .isEqualTo(413);
        assertThat(providers
                        .send(Providers.sendgrid("[" + large + "]", api.clock().instant()))
                        .status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName(
            "SNS signs with SHA-1 in its first version and with SHA-256 in its second; one fetch of the certificate does")
    void takesBothSignaturesOfSns() {
        String event = Providers.sample("ses-delivery").replace("@email@", email);
        Instant now = api.clock().instant();
        SnsHost sns = api.server().getApplicationContext().getBean(SnsHost.class);
        for (String version : List.of("1", "2")) {
            Map<String, String> members = new HashMap<>(Providers.notification(event, now));
            assertThat(providers.send(Providers.ses(version, members)).status()).isEqualTo(200);
            members.remove("Subject");
            assertThat(providers.send(Providers.ses(version, members)).status()).isEqualTo(200);
        }
        assertThat(sns.asked().stream().filter(asked -> asked.toString().equals(Providers.CERTIFICATE)))
                .hasSize(1);
    }

    @Test
    @DisplayName("Another topic of the same signer is refused, and costs no fetch")
    void wantsItsOwnTopic() {
        SnsHost sns = api.server().getApplicationContext().getBean(SnsHost.class);
        Map<String, String> members = Providers.notification(
                Providers.sample("ses-bounce-permanent").replace("@email@", email),
                api.clock().instant());
        members.put("TopicArn", Providers.TOPIC + "2");
        members.put("SigningCertURL", Providers.HOST + "/another.pem");
        refused(Providers.ses("2", members), 403);
        assertThat(sns.asked()).noneMatch(asked -> asked.getPath().equals("/another.pem"));
    }

    @ParameterizedTest
    @DisplayName("A certificate from anywhere else is not even asked for")
    @ValueSource(
            strings = {
                "http://sns.eu-central-1.amazonaws.com/a.pem",
                "https://sns.us-east-1.amazonaws.com/a.pem",
                "https://sns.eu-central-1.amazonaws.com.example.org/a.pem",
                "https://sns.eu-central-1.amazonaws.com@example.org/a.pem",
                "https://me@sns.eu-central-1.amazonaws.com/a.pem",
                "https://sns.eu-central-1.amazonaws.com:8443/a.pem",
                "https://sns.eu-central-1.amazonaws.com/a.pem?b=.pem",
                "https://sns.eu-central-1.amazonaws.com/a.pem#b",
                "https://sns.eu-central-1.amazonaws.com/../a.pem",
                "https://sns.eu-central-1.amazonaws.com/?Action=a.pem",
                "https://sns.eu-central-1.amazonaws.com/a.cer",
                "https://s3.eu-central-1.amazonaws.com/bucket/a.pem",
                "file:///etc/a.pem",
                "a.pem",
                "\\"
            })
    void fetchesFromSnsAlone(String address) {
        SnsHost sns = api.server().getApplicationContext().getBean(SnsHost.class);
        int before = sns.asked().size();
        Map<String, String> members = Providers.notification(
                Providers.sample("ses-bounce-permanent").replace("@email@", email),
                api.clock().instant());
        members.put("SigningCertURL", address);
        refused(Providers.ses("2", members), 403);
        assertThat(sns.asked()).hasSize(before);
    }

    @Test
    @DisplayName("A certificate that is not in force, not of SNS, none, or not there, signs nothing")
    void looksAtTheCertificate() {
        SnsHost sns = api.server().getApplicationContext().getBean(SnsHost.class);
        Map<String, SnsKeys> bad = Map.of(
                "/expired.pem", SnsKeys.of("sns.amazonaws.com", "-3000d", 30),
                "/early.pem", SnsKeys.of("sns.amazonaws.com", "+3000d", 30),
                "/named.pem", SnsKeys.of("sns.amazonaws.com.example.org", "-3000d", 6000));
        bad.forEach((path, keys) -> {
            sns.put(Providers.HOST + path, keys.pem());
            Map<String, String> members = Providers.notification(
                    Providers.sample("ses-bounce-permanent").replace("@email@", email),
                    api.clock().instant());
            members.put("SigningCertURL", Providers.HOST + path);
            refused(Providers.ses(keys, "2", members), 403);
            refused(Providers.ses(keys, "2", members), 403);
        });
        sns.put(Providers.HOST + "/none.pem", new byte[] {1, 2, 3});
        for (String path : List.of("/none.pem", "/missing.pem")) {
            Map<String, String> members =
                    Providers.notification("{}", api.clock().instant());
            members.put("SigningCertURL", Providers.HOST + path);
            refused(Providers.ses("2", members), 403);
        }
    }

    @Test
    @DisplayName("Certificates of regions that have their own are of SNS as well")
    void knowsRegionalNames() {
        SnsHost sns = api.server().getApplicationContext().getBean(SnsHost.class);
        SnsKeys regional = SnsKeys.of("sns-signing.eu-south-1.amazonaws.com", "-3000d", 6000);
        sns.put(Providers.HOST + "/regional.pem", regional.pem());
        Map<String, String> members = Providers.notification(
                Providers.sample("ses-bounce-permanent").replace("@email@", email),
                api.clock().instant());
        members.put("SigningCertURL", Providers.HOST + "/regional.pem");
        assertThat(providers.send(Providers.ses(regional, "2", members)).status())
                .isEqualTo(200);
        assertThat(why()).isEqualTo(Undeliverable.BOUNCE);
    }

    @Test
    @DisplayName("A topic that asks whether we want its messages is answered at its own address, and at no other")
    void confirmsTheSubscription() {
        SnsHost sns = api.server().getApplicationContext().getBean(SnsHost.class);
        Instant now = api.clock().instant();
        String address = Providers.HOST + "/?Action=ConfirmSubscription&TopicArn=" + Providers.TOPIC + "&Token=2336";
        sns.put(address, "<ConfirmSubscriptionResponse/>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(providers
                        .send(Providers.ses("1", Providers.subscription(now, address)))
                        .status())
                .isEqualTo(200);
        assertThat(sns.asked()).contains(java.net.URI.create(address));

        Answer away = providers.send(Providers.ses("1", Providers.subscription(now, address + "0")));
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isNotEmpty();
        int before = sns.asked().size();
        refused(
                Providers.ses("1", Providers.subscription(now, "https://example.org/?Action=ConfirmSubscription")),
                403);
        refused(Providers.ses("1", Providers.subscription(now, "http://169.254.169.254/latest/meta-data")), 403);
        assertThat(sns.asked()).hasSize(before);
    }

    @Test
    @DisplayName("What a topic says in plain words, or when it is unsubscribed, is heard and changes nothing")
    void hearsPlainWords() {
        Instant now = api.clock().instant();
        Map<String, String> words = Providers.notification("Successfully validated SNS topic for Amazon SES.", now);
        assertThat(providers.send(Providers.ses("2", words)).status()).isEqualTo(200);
        Map<String, String> goodbye = Providers.subscription(now, Providers.HOST + "/?Action=ConfirmSubscription");
        goodbye.put("Type", "UnsubscribeConfirmation");
        assertThat(providers.send(Providers.ses("2", goodbye)).status()).isEqualTo(200);
    }
}
