/**
 * Creates and changes accounts from a CSV file, for operators. Start with {@link dev.latchkey.profile.importing.AccountImport}.
 */
@NullMarked
package dev.latchkey.profile.importing;

import org.jspecify.annotations.NullMarked;
