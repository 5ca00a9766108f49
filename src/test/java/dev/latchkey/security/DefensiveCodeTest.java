package dev.latchkey.security;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import dev.latchkey.support.Asvs;
import java.io.ObjectInputStream;
import java.security.SecureRandom;
import java.util.Random;

/** What the product's code does not do at all, or only where this says so: what is not there needs no escaping. */
@AnalyzeClasses(packages = "dev.latchkey", importOptions = DefensiveCodeTest.OfTheProduct.class)
final class DefensiveCodeTest {
    @ArchTest
    @Asvs({"1.2.5", "1.4.1"})
    static final ArchRule ONE_CLASS_STARTS_PROCESSES = CompositeArchRule.of(noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.latchkey.photo.image..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ProcessBuilder.class))
            .and(noClasses()
                    .should()
                    .callMethodWhere(target(name("exec")).and(target(owner(name("java.lang.Runtime"))))))
            .and(noClasses().should().dependOnClassesThat().haveFullyQualifiedName("sun.misc.Unsafe"));

    @ArchTest
    @Asvs({"1.3.2", "1.3.8"})
    static final ArchRule NOTHING_IS_LOOKED_UP_OR_COMPILED_AT_RUN_TIME = noClasses()
            .that()
            // It evaluates nothing, but tells the language of the templates what our own types hold.
            .doNotHaveFullyQualifiedName("dev.latchkey.web.OwnProperties")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javax.naming..", "javax.script..", "javax.tools..", "groovy..", "org.mvel2..", "ognl..");

    @ArchTest
    @Asvs("1.5.2")
    static final ArchRule NO_OBJECTS_ARE_READ = CompositeArchRule.of(
                    noClasses().should().dependOnClassesThat().belongToAnyOf(ObjectInputStream.class))
            .and(noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml.jackson.databind.jsontype..", "java.beans.."))
            .and(noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("com.fasterxml.jackson.annotation.JsonTypeInfo"))
            // Of YAML, which only documents of ours are, what makes no objects but maps, lists and texts.
            .and(noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("org.yaml.snakeyaml.constructor.Constructor"));

    @ArchTest
    @Asvs("1.5.1")
    static final ArchRule ONE_CLASS_READS_XML = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.latchkey.config.Logo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.xml..", "org.xml..");

    @ArchTest
    @Asvs({"11.3.1", "11.3.2"})
    static final ArchRule NOTHING_IS_ENCRYPTED =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("javax.crypto.Cipher");

    /** What guesses at random where it matters to nobody: which of several equal budgets is looked at first. */
    @ArchTest
    @Asvs("11.5.1")
    static final ArchRule RANDOM_IS_SECURE = CompositeArchRule.of(noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.latchkey.magiclink.CallerBudgets")
                    .should()
                    .callMethodWhere(target(owner(name("java.util.concurrent.ThreadLocalRandom")))))
            .and(noClasses().should().callConstructor(Random.class))
            .and(noClasses().should().callMethod(Math.class, "random"))
            .and(noClasses().should().callConstructor(SecureRandom.class, byte[].class))
            .and(noClasses().should().callMethod(SecureRandom.class, "setSeed", long.class));

    @ArchTest
    @Asvs({"11.2.1", "11.6.1"})
    static final ArchRule CRYPTOGRAPHY_IS_THAT_OF_OTHERS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(java.security.MessageDigestSpi.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.security.SignatureSpi.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(javax.crypto.MacSpi.class);

    static final class OfTheProduct implements ImportOption {
        @Override
        public boolean includes(Location place) {
            return !place.contains("test-classes");
        }
    }
}
