package dev.latchkey.remote;

import java.net.InetAddress;

/**
 * Tells addresses of the public internet from those that only this machine or its network can reach (the special-purpose
 * registries of IANA, RFC 6890).
 */
final class PublicAddresses {
    private static final int IPV4_BYTES = 4;

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return bytes.length == IPV4_BYTES ? isPublic4(first, second, third) : isPublic6(bytes, first, second);
    }

    private static boolean isPublic4(int first, int second, int third) {
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    /** Global unicast is 2000::/3; Teredo, documentation and 6to4 lie in it and may lead anywhere. */
    private static boolean isPublic6(byte[] bytes, int first, int second) {
        boolean global = (first & 0xe0) == 0x20;
        boolean special = first == 0x20 && second == 0x01 && (bytes[2] & 0xfe) == 0;
        boolean documentation = first == 0x20 && second == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
        boolean sixToFour = first == 0x20 && second == 0x02;
        return global && !special && !documentation && !sixToFour;
    }
}
