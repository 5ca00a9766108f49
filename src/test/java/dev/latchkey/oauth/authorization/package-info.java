@NullMarked
package dev.latchkey.oauth.authorization;

import org.jspecify.annotations.NullMarked;
