package dev.latchkey.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.membership.SignInLinks;
import dev.latchkey.membership.SignInLinks.Used;
import dev.latchkey.oauth.authorization.AuthorizationSignIns.Guess;
import dev.latchkey.oauth.authorization.AuthorizationSignIns.Waiting;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class AuthorizationSignInsTest {
    private static final String QUERY = "client_id=https%3A%2F%2Fclient.example.com%2Fme.json&state=x%26y";
    private static final CallerAddress SOMEWHERE = new CallerAddress("192.0.2.9");

    private final ApplicationContext context;
    private final AuthorizationSignIns signIns;
    private final SignInLinks links;

    AuthorizationSignInsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        signIns = context.getBean(AuthorizationSignIns.class);
        links = context.getBean(SignInLinks.class);
    }

    @Test
    @DisplayName("Link and code of one mail find what the assistant asks for, and either signs in once")
    void findsWhatIsAskedForByEither() {
        Mailed byLink = mail(People.somebody(context));
        assertThat(signIns.waitingFor(byLink.token)).hasValue(new Waiting("client.example.com", QUERY));
        assertThat(use(byLink.token)).isInstanceOf(Used.SignedIn.class);
        assertThat(signIns.waitingFor(byLink.token)).isEmpty();
        assertThat(guess(byLink, byLink.code)).isEqualTo(new Guess.Ended());

        Mailed byCode = mail(People.somebody(context));
        assertThat(guess(byCode, byCode.code)).isEqualTo(new Guess.Right(byCode.token));
        assertThat(use(byCode.token)).isInstanceOf(Used.SignedIn.class);
        assertThat(guess(byCode, byCode.code)).isEqualTo(new Guess.Ended());
        assertThat(use(byCode.token)).isInstanceOf(Used.Refused.class);
        assertThat(new Guess.Right("secret")).hasToString("the right code");
    }

    @Test
    @DisplayName("The mail names the assistant by its host alone, and has the code in two groups")
    void tellsWhoAsks() {
        Mailed mailed = mail(People.somebody(context));
        Map<String, Object> model = Links.mailed(context, mailed.request).model();
        assertThat(model)
                .containsEntry("client", "client.example.com")
                .containsEntry("asks", List.of("host"))
                .containsEntry("code", mailed.code);
        assertThat(mailed.code).matches("[0-9A-Z]{4}-[0-9A-Z]{4}");
        Account other = People.somebody(context);
        Accepted device = (Accepted) signIns.mail(subject(other), caller(), null, QUERY);
        assertThat(Links.mailed(context, device.requestId()).model()).containsEntry("asks", List.of("device"));
    }

    @Test
    @DisplayName("Five wrong codes end the request: then neither the right one nor the link works")
    @Asvs("6.6.3")
    void endsWithTheFifthWrongCode() {
        Mailed mailed = mail(People.somebody(context));
        for (int left = 4; left > 0; left--) {
            assertThat(guess(mailed, "AAAA-AAA" + left)).isEqualTo(new Guess.Wrong(left));
        }
        assertThat(guess(mailed, "")).isEqualTo(new Guess.Ended());
        assertThat(guess(mailed, mailed.code)).isEqualTo(new Guess.Ended());
        assertThat(links.look(mailed.token, LinkPurpose.AUTHORIZE))
                .asInstanceOf(InstanceOfAssertFactories.type(Inspection.Refused.class))
                .returns(Inspection.Reason.REVOKED, Inspection.Refused::reason);
        assertThat(rows(mailed.request)).isZero();
    }

    @Test
    @DisplayName("The fifth code still counts when it is right")
    void takesTheRightCodeAtLast() {
        Mailed mailed = mail(People.somebody(context));
        for (int i = 0; i < 4; i++) {
            guess(mailed, "wrong");
        }
        assertThat(guess(mailed, mailed.code)).isEqualTo(new Guess.Right(mailed.token));
    }

    @Test
    @DisplayName("A request for nobody, or for somebody blocked, is written, guessed at and ended like any")
    void treatsRequestsForNobodyAlike() {
        EmailAddress nobody =
                EmailAddress.parse(UUID.randomUUID() + "@nobody.example").orElseThrow();
        Account blocked = People.somebody(context, AccountStatus.BLOCKED);
        for (EmailAddress address : List.of(nobody, blocked.email())) {
            Accepted asked =
                    (Accepted) signIns.mail(new Subject.ByEmail(address), caller(), "client.example.com", QUERY);
            assertThat(rows(asked.requestId())).isOne();
            for (int left = 4; left > 0; left--) {
                assertThat(signIns.guess(asked.requestId(), QUERY, "AAAAAAAA")).isEqualTo(new Guess.Wrong(left));
            }
            assertThat(signIns.guess(asked.requestId(), QUERY, "AAAAAAAA")).isEqualTo(new Guess.Ended());
            assertThat(signIns.guess(asked.requestId(), QUERY, "AAAAAAAA")).isEqualTo(new Guess.Ended());
            assertThat(rows(asked.requestId())).isZero();
            assertThat(Sql.text(context, "SELECT state FROM link_requests WHERE id = '" + asked.requestId() + "'"))
                    .isEqualTo("REVOKED");
        }
    }

    @Test
    @DisplayName("A code is good for its own request alone, and where it was asked for")
    @Asvs({"2.3.1", "6.6.2"})
    void isBoundToItsRequest() {
        Mailed one = mail(People.somebody(context));
        Mailed other = mail(People.somebody(context));
        assertThat(guess(one, other.code)).isEqualTo(new Guess.Wrong(4));
        assertThat(signIns.guess(one.request, QUERY + "&state=z", one.code)).isEqualTo(new Guess.Ended());
        assertThat(signIns.guess(UUID.randomUUID(), QUERY, one.code)).isEqualTo(new Guess.Ended());
        Accepted signIn = (Accepted)
                context.getBean(LinkRequestService.class).requestSignIn(subject(People.somebody(context)), caller());
        assertThat(signIns.guess(signIn.requestId(), QUERY, one.code)).isEqualTo(new Guess.Ended());
        assertThat(guess(one, one.code)).isEqualTo(new Guess.Right(one.token));
    }

    @Test
    @DisplayName("A code ends with its link")
    void endsWithTheLink() {
        Mailed mailed = mail(People.somebody(context));
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(16));
        assertThat(guess(mailed, mailed.code)).isEqualTo(new Guess.Right(mailed.token));
        assertThat(use(mailed.token)).isInstanceOf(Used.Refused.class);
    }

    @Test
    @DisplayName("The code typed and the link opened at once sign in one of them")
    void hasOneWinner() throws Exception {
        Mailed mailed = mail(People.somebody(context));
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            racers.add(() -> use(mailed.token) instanceof Used.SignedIn);
            racers.add(() -> guess(mailed, mailed.code) instanceof Guess.Right right
                    && use(right.token()) instanceof Used.SignedIn);
        }
        assertThat(Race.of(racers)).containsOnlyOnce(true);
        assertThat(rows(mailed.request)).isZero();
    }

    @Test
    @DisplayName("However many guess at once, five of them are answered")
    @Asvs("6.6.3")
    void countsEveryGuess() throws Exception {
        Mailed mailed = mail(People.somebody(context));
        List<Guess> guesses = Race.of(20, () -> guess(mailed, "AAAAAAAA"));
        assertThat(guesses.stream().filter(Guess.Wrong.class::isInstance)).hasSize(4);
        assertThat(guesses.stream().filter(Guess.Ended.class::isInstance)).hasSize(16);
        assertThat(use(mailed.token)).isInstanceOf(Used.Refused.class);
    }

    @Test
    @DisplayName("No code is kept, neither as it is nor in any other form")
    @Asvs("6.5.2")
    void keepsNoCode() {
        Mailed mailed = mail(People.somebody(context));
        String bare = mailed.code.replace("-", "");
        assertThat(Cells.all(context))
                .noneMatch(cell -> cell.value().contains(bare) || cell.value().contains(mailed.code));
    }

    private Mailed mail(Account account) {
        Accepted accepted = (Accepted) signIns.mail(subject(account), caller(), "client.example.com", QUERY);
        String token = Links.arrived(context, accepted.requestId());
        String code = String.valueOf(
                Links.mailed(context, accepted.requestId()).model().get("code"));
        return new Mailed(accepted.requestId(), token, code);
    }

    private Guess guess(Mailed mailed, String typed) {
        return signIns.guess(mailed.request, QUERY, typed);
    }

    private Used use(String token) {
        return links.use(token, LinkPurpose.AUTHORIZE, false, "", SOMEWHERE);
    }

    private long rows(UUID request) {
        return Sql.count(
                context,
                "SELECT count(*) FROM authorization_requests a JOIN magic_links l ON l.id = a.link_id"
                        + " WHERE l.request_id = '" + request + "'");
    }

    private static Subject subject(Account account) {
        return new Subject.ByEmail(account.email());
    }

    private static Caller caller() {
        return Caller.page(SOMEWHERE);
    }

    private record Mailed(UUID request, String token, String code) {}
}
