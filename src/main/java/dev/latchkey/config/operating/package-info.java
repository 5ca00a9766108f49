/**
 * The settings of what operators run the service with: one record for each subject. Start with whichever is asked for; what must
 * be true of them is said in {@link dev.latchkey.config.checks}.
 */
@NullMarked
package dev.latchkey.config.operating;

import org.jspecify.annotations.NullMarked;
