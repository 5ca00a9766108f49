package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.database.Cleaning;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.profile.proposal.Proposals;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.web.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A draft from the chat, from Init to what is stored. */
final class ProposalTest {
    private final Api browser = Site.browser();
    private final Api api = new Api(Site.server());
    private final Proposals proposals = Site.context().getBean(Proposals.class);
    private final Account somebody = People.somebody(Site.context());

    @Test
    void isToldInTheAnswerAndShownBesideWhatIsStored() {
        Answer answer = init("\"bio\":\"I build bridges\",\"locale\":\"pt-br\",\"pronouns\":\"he/him\",\"name\":\" \"");
        Document page = browser.get("/edit/" + token(answer)).html();

        assertThat(answer.json().path("proposed"))
                .extracting(name -> name.asText())
                .containsExactly("bio", "locale", "pronouns");
        assertThat(answer.text("instructions"))
                .endsWith(
                        "The page shows the proposed bio, language, and pronouns beside what is stored; only saving there applies it.");
        assertThat(page.select("#proposed-bio").val().strip()).isEqualTo("I build bridges");
        assertThat(page.select("#proposed-locale option[selected]").val()).isEqualTo("pt-BR");
        assertThat(page.select("#proposed-pronouns").val()).isEqualTo("he/him");
        assertThat(page.select("#bio").val().strip()).isEmpty();
        assertThat(page.select("#accept-bio").hasAttr("checked")).isFalse();
        assertThat(page.select("#proposed-name")).isEmpty();
    }

    @Test
    void changesNothingWithoutAWordOfThePerson() {
        String token = token(init("\"bio\":\"I build bridges\""));
        Answer page = post(token, Map.of("proposed-bio", "I build bridges"));

        assertThat(page.status())
                .as("a form that comes back as it was burns nothing")
                .isEqualTo(200);
        assertThat(page.html().select("[role=alert] h2").text()).isEqualTo("Nothing was saved yet");
        assertThat(page.html().select("[role=alert] p").text()).startsWith("No proposal is ticked.");
        assertThat(page.html().select("[role=alert] li a").eachAttr("href")).containsExactly("#accept-bio");
        assertThat(page.html().select("#accept-bio")).hasSize(1);
        assertThat(stored().bio()).isNull();
        assertThat(proposals.of(open(token))).isPresent();
    }

    @Test
    void saysWhatWaitsWhereOnlyWhatIsStoredWasTicked() {
        post(token(init("\"name\":\"Isambard\"")), Map.of("name", "Isambard"));
        Site.clock().advance(Duration.ofMinutes(2));
        String token = token(init("\"bio\":\"I build bridges\",\"name\":\"Isambard Brunel\""));
        Answer page = post(
                token,
                Map.of(
                        "proposed-bio", "I build bridges",
                        "proposed-name", "Isambard",
                        "accept-name", "true"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("[role=alert] p").text())
                .startsWith("What you ticked is saved already, and the other proposals aren’t ticked.");
        assertThat(page.html().select("[role=alert] li").eachText()).containsExactly("Bio");
    }

    @Test
    void saysThatNothingChangedWhereNothingWaits() {
        post(token(init("\"name\":\"Isambard\"")), Map.of("name", "Isambard"));
        Site.clock().advance(Duration.ofMinutes(2));
        String token = token(init("\"name\":\"Isambard\""));

        assertThat(post(token, Map.of()).html().select("[role=alert] h2").text())
                .isEqualTo("Nothing was changed");
    }

    @Test
    void isByAnAssistantWhoseNameIsToldWhereItHasOne() {
        assertThat(browser.get("/edit/" + token(init("\"bio\":\"I build bridges\"")))
                        .html()
                        .select(".draft h2")
                        .text())
                .isEqualTo("Your assistant proposes changes");
        Site.clock().advance(Duration.ofMinutes(2));
        InitOutcome named = propose(
                Caller.action("named", "Support Bot", null, null),
                Proposal.of(Map.of(ProfileField.BIO, "I build bridges")));
        Document page = browser.get("/edit/" + arrived(named)).html();
        assertThat(page.select(".draft h2").text()).isEqualTo("Support Bot proposes changes");
    }

    @Test
    void showsWhichWordsOfALongTextWouldChange() {
        post(token(init("\"bio\":\"x\"")), Map.of("bio", "I build <b>bridges</b> in Bristol."));
        Site.clock().advance(Duration.ofMinutes(2));
        String token = token(init("\"bio\":\"I build <b>tunnels</b> & bridges in Bristol.\",\"name\":\"Isambard\""));
        Document page = browser.get("/edit/" + token).html();

        assertThat(page.select("#bio-difference .words").text())
                .isEqualTo("I build removed: <b>bridges</b> added: <b>tunnels</b> & bridges in Bristol.");
        assertThat(page.select("#bio-difference del").text()).isEqualTo("removed: <b>bridges</b>");
        assertThat(page.select("#bio-difference ins").text()).isEqualTo("added: <b>tunnels</b> & bridges");
        assertThat(page.select("#bio-difference b, #name-difference")).isEmpty();
        Answer again = post(token, Map.of("proposed-bio", "I build nothing in Bristol."));
        assertThat(again.html().select("#bio-difference ins").text())
                .as("of what the person made of it")
                .isEqualTo("added: nothing");
    }

    @Test
    void comparesWithNothingWhereNothingIsStored() {
        assertThat(browser.get("/edit/" + token(init("\"bio\":\"I build bridges\"")))
                        .html()
                        .select("ins, del, #bio-difference"))
                .isEmpty();
    }

    @Test
    void tellsTheButtonWhatToSayForEachNumberOfTicksAndSaysWhatIsAlwaysTrueWithoutScript() {
        String token = token(init("\"bio\":\"I build bridges\",\"name\":\"Isambard\""));
        Document page = browser.get("/edit/" + token).html();

        assertThat(page.select("button[data-tallies]").text()).isEqualTo("Save my profile");
        assertThat(page.select("button[data-tallies]").attr("data-some"))
                .isEqualTo("Save {0} of {1, plural, one {# proposal} other {# proposals}}");
        assertThat(page.select(page.select("button[data-tallies]").attr("data-tallies")))
                .hasSize(2);
    }

    @Test
    void isAcceptedEditedOrDroppedFieldByField() {
        String nickname = "bridge" + somebody.pin();
        String token =
                token(init("\"bio\":\"I build bridges\",\"name\":\"Isambard\",\"nickname\":\"" + nickname + "\""));
        Answer saved = post(
                token,
                Map.of(
                        "proposed-bio", "I build bridges and tunnels",
                        "accept-bio", "true",
                        "proposed-name", "Isambard",
                        "proposed-nickname", nickname,
                        "accept-nickname", "true"));

        assertThat(saved.status()).isEqualTo(303);
        assertThat(stored().bio()).isEqualTo("I build bridges and tunnels");
        assertThat(stored().nickname()).isEqualTo(nickname);
        assertThat(stored().name()).isNull();
        Document told = browser.get(saved.header("Location")).html();
        assertThat(told.select("h2").eachText())
                .containsExactly("What changed", "Proposals you did not use", "Not what you wanted?");
        assertThat(told.select(".dropped li").eachText()).containsExactly("Name");
    }

    @Test
    void keepsWhatWasMadeOfAProposalThatIsNotTickedYet() {
        String token = token(init("\"bio\":\"I build bridges\""));
        Answer page = post(token, Map.of("proposed-bio", "I build tunnels"));

        assertThat(page.html().select("#proposed-bio").val().strip()).isEqualTo("I build tunnels");
    }

    @Test
    void staysAsThePersonMadeItWhenSomethingIsWrong() {
        String token = token(init("\"bio\":\"I build bridges\""));
        Answer page = post(token, Map.of("proposed-bio", "x".repeat(2_001), "accept-bio", "true"));

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.html().select("#proposed-bio").val().strip()).hasSize(2_001);
        assertThat(page.html().select("#accept-bio").hasAttr("checked")).isTrue();
        assertThat(page.html().select("#bio-error")).isNotEmpty();
    }

    @Test
    void diesWithItsLink() {
        String used = token(init("\"bio\":\"One\""));
        Inspection.Open usedLink = open(used);
        post(used, Map.of("proposed-bio", "One", "accept-bio", "true"));
        Site.clock().advance(Duration.ofMinutes(2));
        String expired = token(init("\"bio\":\"Two\""));
        Inspection.Open expiredLink = open(expired);
        Site.clock().advance(Duration.ofMinutes(16));
        Site.context().getBean(Cleaning.class).clean();

        assertThat(proposals.of(usedLink)).isEmpty();
        assertThat(proposals.of(expiredLink)).isEmpty();
    }

    @Test
    void isRevokedWithItsLink() {
        Inspection.Open first = open(token(init("\"bio\":\"One\"")));
        Site.clock().advance(Duration.ofMinutes(2));
        String second = token(init("\"bio\":\"Two\""));
        post(second, Map.of("proposed-bio", "Two", "accept-bio", "true"));

        assertThat(proposals.of(first)).isEmpty();
    }

    @Test
    void mayBeAPhotoThatNobodySeesBeforeItIsSaved() {
        byte[] jpeg = Images.processed(Site.context(), Images.jpeg(300, 300)).jpeg();
        String token = arrived(propose(new Caller("test", null, null), Proposal.NONE.withPhoto(jpeg)));
        Answer shown = browser.get("/edit/" + token + "/proposed.jpg");

        assertThat(shown.response().body()).isEqualTo(jpeg);
        assertThat(shown.header("Cache-Control")).contains("no-store");
        assertThat(browser.get("/photos/"
                                + Images.processed(Site.context(), Images.jpeg(300, 300))
                                        .hash() + ".jpg")
                        .status())
                .isEqualTo(404);
        assertThat(browser.get("/edit/" + token).html().select("img[src$=/proposed.jpg]"))
                .hasSize(1);
        assertThat(post(token, Map.of("accept-photo", "true")).status()).isEqualTo(303);
        assertThat(browser.get("/photos/" + stored().photoHash() + ".jpg").status())
                .isEqualTo(200);
        assertThat(browser.get("/edit/" + token + "/proposed.jpg").status()).isEqualTo(404);
    }

    @Test
    void isRefusedByTheRulesOfSave() {
        Answer tooLong = init("\"bio\":\"" + "x".repeat(2_001) + "\",\"locale\":\"xx-nope\"");

        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactlyInAnyOrder("/proposal/bio", "/proposal/locale");
        Answer wrongType = init("\"bio\":[1]");
        assertThat(wrongType.status()).isEqualTo(400);
        assertThat(wrongType.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/proposal/bio");
    }

    @Test
    void neverHoldsAPassphrase() {
        Answer answer = init("\"passphrase\":\"seven quiet otters\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/proposal/passphrase");
        assertThat(answer.text()).doesNotContain("otters");
    }

    @Test
    void takesImagesOnlyFromAllowedHosts() {
        for (String image : List.of(
                "{\"download_link\":\"https://evil.example.com/a.png\"}",
                "{\"download_link\":\"http://files.oaiusercontent.com/a.png\"}",
                "{\"download_link\":\"https://files.oaiusercontent.com@127.0.0.1/a.png\"}",
                "{\"name\":\"a.png\"}",
                "\"file-123\"",
                "{},{}")) {
            Answer answer = api.action(
                    "/api/update/init",
                    "{\"email\":\"" + somebody.email() + "\",\"openaiFileIdRefs\":[" + image + "]}");
            assertThat(answer.status()).as(image).isEqualTo(400);
        }
        assertThat(init("\"bio\":\"still possible\"").status())
                .as("no refusal counted as a link")
                .isEqualTo(202);
    }

    private Answer init(String proposal) {
        return api.action(
                "/api/update/init", "{\"email\":\"" + somebody.email() + "\",\"proposal\":{" + proposal + "}}");
    }

    private InitOutcome propose(Caller caller, Proposal draft) {
        return Site.context()
                .getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(somebody.email()), caller, link -> proposals.save(draft.with(link)));
    }

    private static String arrived(InitOutcome outcome) {
        return Links.arrived(Site.context(), ((LinkOutcome.Accepted) outcome).requestId());
    }

    private static String token(Answer answer) {
        return Links.arrived(Site.context(), UUID.fromString(answer.text("requestId")));
    }

    private static Inspection.Open open(String token) {
        return (Inspection.Open) Site.context().getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private Profile stored() {
        return Site.context().getBean(Profiles.class).find(somebody.id()).orElseGet(() -> Profile.none(somebody.id()));
    }

    private Answer post(String token, Map<String, String> more) {
        Profile now = stored();
        Map<String, String> fields = new HashMap<>(Map.of(
                "name", now.name() == null ? "" : now.name(),
                "nickname", now.nickname() == null ? "" : now.nickname(),
                "bio", now.bio() == null ? "" : now.bio(),
                "locale", now.locale() == null ? "" : now.locale(),
                "version", String.valueOf(now.version())));
        fields.putAll(more);
        return browser.upload("POST", "/edit/" + token, fields, new byte[0]);
    }
}
