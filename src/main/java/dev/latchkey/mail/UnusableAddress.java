package dev.latchkey.mail;

/** The stored address is not one that mail may be sent to. */
public final class UnusableAddress extends RuntimeException {}
