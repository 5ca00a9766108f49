package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Tier;
import dev.latchkey.limit.CallerAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallerTest {
    private final List<Caller> assistants = List.of(
            new Caller("key", null, null), Caller.mcp(CallerAddress.UNKNOWN), Caller.grant("the id of a grant", "Bot"));
    private final List<Caller> others = List.of(
            Caller.page(CallerAddress.UNKNOWN),
            Caller.accountApi(CallerAddress.UNKNOWN),
            Caller.sessionKeyApi(CallerAddress.UNKNOWN),
            Caller.operator());

    @Test
    void anAssistantAsksForNobodyWhoWantsNoAssistants() {
        Account free = account(AccountStatus.ACTIVE, false);
        assertThat(assistants).noneMatch(caller -> caller.mayAskFor(free));
        assertThat(others).allMatch(caller -> caller.mayAskFor(free));
    }

    @Test
    void everybodyAsksForWhoeverLeavesItToThem() {
        Account open = account(AccountStatus.ACTIVE, true);
        assertThat(assistants).allMatch(caller -> caller.mayAskFor(open));
        assertThat(others).allMatch(caller -> caller.mayAskFor(open));
    }

    @Test
    void nobodyAsksForTheBlocked() {
        Account blocked = account(AccountStatus.BLOCKED, true);
        assertThat(assistants).noneMatch(caller -> caller.mayAskFor(blocked));
        assertThat(others).noneMatch(caller -> caller.mayAskFor(blocked));
    }

    @Test
    void anAssistantThatWasLetInIsKnownByItsName() {
        assertThat(Caller.grant("the id of a grant", "Bot").assistant()).isEqualTo("Bot");
    }

    private static Account account(AccountStatus status, boolean assistants) {
        EmailAddress email = EmailAddress.parse("ada@example.org").orElseThrow();
        return new Account(UUID.randomUUID(), email, 1, status, Tier.FREE, null, null, Instant.EPOCH, assistants);
    }
}
