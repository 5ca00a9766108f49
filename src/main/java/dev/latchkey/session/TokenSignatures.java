package dev.latchkey.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.config.ServerSecret;
import io.micronaut.security.token.jwt.signature.secret.SecretSignature;
import io.micronaut.security.token.jwt.signature.secret.SecretSignatureConfiguration;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs and recognises access tokens (RFC 7519) with HS256 alone, under a key of their own. An algorithm is never taken
 * from the token: {@code none}, another HMAC or a public key's are refused before anything is computed (RFC 8725,
 * section 3.1).
 */
@Singleton
final class TokenSignatures {
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    private static final int LONGEST = 2_048;

    private final SecretSignature signature;

    TokenSignatures(ServerSecret secret) {
        SecretSignatureConfiguration configuration = new SecretSignatureConfiguration("access-token");
        configuration.setJwsAlgorithm(ALGORITHM);
        configuration.setBase64(true);
        configuration.setSecret(
                Base64.getEncoder().encodeToString(secret.keyFor("access-token").getEncoded()));
        signature = new SecretSignature(configuration);
    }

    String sign(JWTClaimsSet claims) {
        try {
            return signature.sign(claims).serialize();
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
            boolean ours = ALGORITHM.equals(jwt.getHeader().getAlgorithm()) && signature.verify(jwt);
            return ours ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }
}
