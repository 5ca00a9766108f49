@NullMarked
package dev.latchkey.web.oauth;

import org.jspecify.annotations.NullMarked;
