package dev.latchkey.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.latchkey.support.Asvs;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class Argon2Test {
    /** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes and one lane, or more. */
    @Test
    @Asvs("11.4.2")
    void isStoredAsOwaspAdvises() {
        byte[] salt = new byte[Argon2.SALT_BYTES];
        new SecureRandom().nextBytes(salt);

        String stored = Argon2.CURRENT.encode("seven quiet otters", salt);

        assertThat(stored).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(Argon2.verify("seven quiet otters", stored)).isTrue();
        assertThat(Argon2.verify("seven quiet otter", stored)).isFalse();
        assertThat(Argon2.isWeaker(stored)).isFalse();
        assertThat(Argon2.isWeaker(stored.replace("t=2", "t=1"))).isTrue();
        assertThat(Argon2.isWeaker(stored.replace("m=19456", "m=19455"))).isTrue();
    }

    @Test
    void usesItsMemoryAgain() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] salt = new byte[Argon2.SALT_BYTES];
        Argon2.CURRENT.encode("seven quiet otters", salt);

        long before = threads.getCurrentThreadAllocatedBytes();
        Argon2.CURRENT.encode("seven quiet otters", salt);

        // The blocks of one computation are 19 MiB; the list of them is new each time.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }

    @Test
    void matchesNothingThatIsOfAnotherFormAndCallsItWeak() {
        String older = WeakHashes.of("seven quiet otters").replace("argon2id", "argon2i");
        assertThat(Argon2.verify("seven quiet otters", older)).isFalse();
        assertThat(Argon2.isWeaker(older)).isTrue();
    }
}
