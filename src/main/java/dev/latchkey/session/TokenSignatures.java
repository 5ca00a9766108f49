package dev.latchkey.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.config.ServerSecret;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Signs and recognises access tokens (RFC 7519) with HS256 alone, under a key of their own. An algorithm is never taken
 * from the token: {@code none}, another HMAC or a public key's are refused before anything is computed (RFC 8725,
 * section 3.1).
 */
@Singleton
final class TokenSignatures {
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    private static final int LONGEST = 2_048;

    private final JWSSigner signer;
    private final JWSVerifier verifier;

    TokenSignatures(ServerSecret secret) {
        SecretKey key = secret.tokenKeyFor("access-token");
        try {
            signer = new MACSigner(key);
            verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("A key of 256 bits is enough for HS256", e);
        }
    }

    String sign(JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader(ALGORITHM), claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is always there", e);
        }
    }

    /** The claims of a token of ours; empty when any bit of it is not. */
    Optional<JWTClaimsSet> verified(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean ours = ALGORITHM.equals(jwt.getHeader().getAlgorithm()) && jwt.verify(verifier);
            return ours ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }
}
