package dev.latchkey;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.annotation.Controller;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;

/** The rules of the house: docs/architecture.md. */
@AnalyzeClasses(
        packages = "dev.latchkey",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.HandWritten.class})
class ArchitectureTest {
    private static final String[] CALLERS = {
        "dev.latchkey.api..",
        "dev.latchkey.web..",
        "dev.latchkey.devinbox..",
        "dev.latchkey.http..",
        "dev.latchkey.assistant.."
    };
    private static final String[] FEATURES = {
        "dev.latchkey.account..",
        "dev.latchkey.profile..",
        "dev.latchkey.magiclink..",
        "dev.latchkey.credential..",
        "dev.latchkey.session..",
        "dev.latchkey.membership..",
        "dev.latchkey.contact..",
        "dev.latchkey.limit.."
    };
    private static final String[] CARRIERS = {
        "dev.latchkey.mail..",
        "dev.latchkey.photo..",
        "dev.latchkey.database..",
        "dev.latchkey.text..",
        "dev.latchkey.config.."
    };

    @ArchTest
    static final ArchRule FEATURES_DO_NOT_KNOW_THEIR_CALLERS = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CALLERS);

    @ArchTest
    static final ArchRule CARRIERS_DO_NOT_KNOW_WHAT_THEY_CARRY = noClasses()
            .that()
            .resideInAnyPackage(CARRIERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(CALLERS);

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.latchkey.mail..", "dev.latchkey.photo..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.latchkey.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ASSISTANT_AND_WEB_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.api.action..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.latchkey.web..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("dev.latchkey.devinbox..");

    @ArchTest
    static final ArchRule WEB_DOES_NOT_KNOW_THE_APIS = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.latchkey.api.action..");

    @ArchTest
    static final ArchRule NOTHING_NEEDS_THE_SESSION_KEY_API = noClasses()
            .that()
            .resideOutsideOfPackage("dev.latchkey.api.sessionkey..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.latchkey.api.sessionkey..");

    @ArchTest
    static final ArchRule THE_APIS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "dev.latchkey.api.(action|mcp|account|sessionkey)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule CALLERS_SEE_NO_SQL_SMTP_OR_STORE = noClasses()
            .that()
            .resideInAnyPackage("dev.latchkey.api..", "dev.latchkey.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "io.micronaut.data..", "jakarta.mail..", "software.amazon..");

    @ArchTest
    static final ArchRule TRANSACTIONS_BELONG_TO_SERVICES = methods()
            .that()
            .areAnnotatedWith(Transactional.class)
            .should()
            .beDeclaredInClassesThat()
            .areNotAnnotatedWith(Controller.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule REPOSITORIES_ARE_INTERFACES =
            classes().that().areAnnotatedWith(JdbcRepository.class).should().beInterfaces();

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule NO_TIME_BUT_THE_CLOCKS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.latchkey.config..", "dev.latchkey.database..", "dev.latchkey.devinbox..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses()
            .that(new DescribedPredicate<JavaClass>("are top-level") {
                @Override
                public boolean test(JavaClass type) {
                    return type.isTopLevelClass();
                }
            })
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils");

    /** Leaves out what the compiler's processors generate. */
    static final class HandWritten implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/$") && !location.contains("$Intercepted") && !location.contains("$Definition");
        }
    }
}
