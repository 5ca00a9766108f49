/** The endpoints of the authorization server that programs call. */
@NullMarked
package dev.latchkey.api.oauth;

import org.jspecify.annotations.NullMarked;
