package dev.latchkey.web.session;

/** A page that is somebody's own was asked for by nobody; answered by the way to sign in. */
final class NotSignedIn extends RuntimeException {
    NotSignedIn() {
        super("Nobody is signed in", null, false, false);
    }
}
