/** From FREE to PRO: what it takes, and the step itself. Start with {@link dev.latchkey.profile.upgrade.UpgradeService}. */
@NullMarked
package dev.latchkey.profile.upgrade;

import org.jspecify.annotations.NullMarked;
