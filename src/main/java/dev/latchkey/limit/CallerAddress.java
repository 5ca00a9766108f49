package dev.latchkey.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network address that counts as one caller: an IPv4 address, or the /64 of an IPv6 address, as whoever has one
 * address of a /64 has them all (RFC 6177). An IPv4 address mapped into IPv6 is the IPv4 address.
 *
 * @param value in canonical form, such as {@code 192.0.2.1} or {@code 2001:db8:0:1:0:0:0:0/64}
 */
public record CallerAddress(String value) {
    /** Whoever does not call over the network. */
    public static final CallerAddress UNKNOWN = new CallerAddress("unknown");

    private static final int NETWORK_BYTES = 8;
    private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3})" + PORT);
    private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:%[^\\]\\s]*)?");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[" + IPV6 + "]" + PORT);

    /** The caller at the other end of a connection. */
    public static CallerAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return new CallerAddress(address.getHostAddress());
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), address.getAddress().length);
        try {
            return new CallerAddress(InetAddress.getByAddress(network).getHostAddress() + "/64");
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Sixteen bytes are an address", e);
        }
    }

    /**
     * Reads one address as proxies write it: bare or with a port, IPv6 with or without brackets (RFC 7239, section 6).
     *
     * @return empty when it is anything else, such as a host name or several addresses; nothing is looked up
     */
    public static Optional<CallerAddress> parse(String text) {
        for (Pattern form : new Pattern[] {IPV4, IPV6, IN_BRACKETS}) {
            Matcher address = form.matcher(text);
            if (address.matches()) {
                try {
                    return Optional.of(of(InetAddress.ofLiteral(address.group(1))));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
