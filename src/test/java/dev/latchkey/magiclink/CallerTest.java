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
    private static final List<Caller> ASSISTANTS = List.of(
            new Caller("key", null, null), Caller.mcp(CallerAddress.UNKNOWN), Caller.grant("the id of a grant", "Bot"));
    private static final List<Caller> OTHERS = List.of(
            Caller.page(CallerAddress.UNKNOWN),
            Caller.accountApi(CallerAddress.UNKNOWN),
            Caller.sessionKeyApi(CallerAddress.UNKNOWN),
            Caller.operator());

    @Test
    void anAssistantAsksForNobodyWhoWantsNoAssistants() {
        Account free = account(AccountStatus.ACTIVE, false);
        assertThat(ASSISTANTS).noneMatch(caller -> caller.mayAskFor(free));
        assertThat(OTHERS).allMatch(caller -> caller.mayAskFor(free));
    }

    @Test
    void everybodyAsksForWhoeverLeavesItToThem() {
        Account open = account(AccountStatus.ACTIVE, true);
        assertThat(ASSISTANTS).allMatch(caller -> caller.mayAskFor(open));
        assertThat(OTHERS).allMatch(caller -> caller.mayAskFor(open));
    }

    @Test
    void nobodyAsksForTheBlocked() {
        Account blocked = account(AccountStatus.BLOCKED, true);
        assertThat(ASSISTANTS).noneMatch(caller -> caller.mayAskFor(blocked));
        assertThat(OTHERS).noneMatch(caller -> caller.mayAskFor(blocked));
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
