package dev.latchkey.mail;

/** The stored address is not one that mail may be sent to. */
final class UnusableAddress extends RuntimeException {}
