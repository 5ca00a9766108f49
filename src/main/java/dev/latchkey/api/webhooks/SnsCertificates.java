package dev.latchkey.api.webhooks;

import dev.latchkey.remote.RemoteFiles.Fetched;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The certificates that Amazon SNS signs with. The file at such an address holds the certificate alone, without those above
 * it, so who signs is known by the host that serves it: its certificate is checked up to a root that the JDK trusts, with
 * each connection. What is fetched from there has to be in force, and of SNS.
 */
@Singleton
final class SnsCertificates {
    private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9._-]+\\.pem");

    /** That of some regions has the region in it. */
    private static final Pattern SIGNER = Pattern.compile("sns(-[a-z0-9-]+)?(\\.[a-z0-9-]+)?\\.amazonaws\\.com");

    private static final int LEAST_BITS = 2048;
    private static final int DNS_NAME = 2;

    /** Amazon changes them about yearly. */
    private static final int KEPT = 8;

    private final SnsFiles files;
    private final Clock clock;
    private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();

    SnsCertificates(SnsFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Whether an address is one of SNS in that region, and nothing that only looks like one. */
    static boolean isOf(String region, URI address) {
        return "https".equals(address.getScheme())
                && ("sns." + region + ".amazonaws.com").equals(address.getHost())
                && address.getRawUserInfo() == null
                && (address.getPort() == -1 || address.getPort() == 443)
                && address.getRawFragment() == null;
    }

    /** The key of the certificate at an address; empty where there is none that may sign. */
    Optional<PublicKey> keyAt(URI address, String region) {
        if (!isOf(region, address)
                || address.getRawQuery() != null
                || !FILE.matcher(address.getRawPath()).matches()) {
            return Optional.empty();
        }
        X509Certificate kept = known.get(address);
        Optional<X509Certificate> certificate = kept == null ? fetch(address) : Optional.of(kept);
        return certificate.filter(this::isInForce).map(X509Certificate::getPublicKey);
    }

    private Optional<X509Certificate> fetch(URI address) {
        if (!(files.fetch(address) instanceof Fetched.File file)) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(file.bytes()));
            if (!isOfSns(certificate)) {
                return Optional.empty();
            }
            if (known.size() >= KEPT) {
                known.clear();
            }
            known.put(address, certificate);
            return Optional.of(certificate);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private boolean isInForce(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static boolean isOfSns(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() >= LEAST_BITS
                && names != null
                && names.stream()
                        .anyMatch(name -> name.get(0).equals(DNS_NAME)
                                && SIGNER.matcher(name.get(1).toString()).matches());
    }
}
