package dev.latchkey.magiclink;

/** What a magic link opens. A token made for one purpose is unknown to every other. */
public enum LinkPurpose {
    EDIT_PROFILE,
    CONFIRM_EMAIL
}
