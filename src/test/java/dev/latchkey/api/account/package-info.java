@NullMarked
package dev.latchkey.api.account;

import org.jspecify.annotations.NullMarked;
