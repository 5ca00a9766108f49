package dev.latchkey.photo;

import java.util.Collection;
import java.util.Set;

/** Who still needs which photo; implemented by every feature that keeps a photo's hash. */
public interface PhotoReferences {

    /** Those of the given hashes (some hundreds at most) that something refers to, read with committed state. */
    Set<String> referenced(Collection<String> hashes);

    /** Those among them that everybody may see. */
    default Set<String> shown(Collection<String> hashes) {
        return Set.of();
    }
}
