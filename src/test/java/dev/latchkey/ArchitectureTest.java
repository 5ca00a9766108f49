package dev.latchkey;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.annotation.Controller;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house: docs/architecture.md. */
@AnalyzeClasses(
        packages = "dev.latchkey",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.HandWritten.class})
class ArchitectureTest {
    private static final String[] CALLERS = Sources.packages("api", "web", "devinbox", "cli");
    private static final String[] BELOW_CALLERS = Sources.packages("http", "assistant");
    private static final String[] FEATURES = Sources.packages(
            "account",
            "profile",
            "magiclink",
            "history",
            "credential",
            "session",
            "membership",
            "oauth",
            "contact",
            "export",
            "operator",
            "backup",
            "bounce",
            "limit");
    private static final String[] CARRIERS =
            Sources.packages("trace", "mail", "webhook", "photo", "remote", "database", "text", "config");

    /** Inner rooms that are for others, too. */
    private static final Set<String> USE_CASES = Set.of(
            "config.checks",
            "config.client",
            "config.operating",
            "mail.pause",
            "membership.leaving",
            "membership.moving",
            "membership.proof",
            "oauth.authorization",
            "oauth.client",
            "profile.importing",
            "profile.nickname",
            "profile.proposal",
            "profile.typed",
            "profile.upgrade");

    @Test
    void everyRoomHasItsFloor() {
        assertThat(Stream.of(CALLERS, BELOW_CALLERS, FEATURES, CARRIERS).flatMap(Stream::of))
                .containsExactlyInAnyOrder(Sources.packages(Sources.rooms().stream()
                        .filter(room -> !room.contains("."))
                        .toArray(String[]::new)));
        assertThat(Sources.rooms()).containsAll(USE_CASES);
    }

    @ArchTest
    static final ArchRule CALLERS_DO_NOT_KNOW_EACH_OTHER = CompositeArchRule.of(
                    slices().matching("dev.latchkey.api.(*)..").should().notDependOnEachOther())
            .and(mayNotKnow(Sources.packages("api"), Sources.packages("web", "devinbox", "cli")))
            .and(mayNotKnow(Sources.packages("web"), Sources.packages("api", "devinbox", "cli")))
            .and(mayNotKnow(Sources.packages("devinbox"), Sources.packages("api", "web", "cli")))
            .and(mayNotKnow(Sources.packages("cli"), Sources.packages("api", "web", "devinbox", "http")));

    @ArchTest
    static final ArchRule WHAT_CALLERS_STAND_ON_DOES_NOT_KNOW_THEM = mayNotKnow(BELOW_CALLERS, CALLERS);

    @ArchTest
    static final ArchRule FEATURES_DO_NOT_KNOW_THEIR_CALLERS =
            CompositeArchRule.of(mayNotKnow(FEATURES, CALLERS)).and(mayNotKnow(FEATURES, BELOW_CALLERS));

    @ArchTest
    static final ArchRule CARRIERS_DO_NOT_KNOW_WHAT_THEY_CARRY = CompositeArchRule.of(mayNotKnow(CARRIERS, FEATURES))
            .and(mayNotKnow(CARRIERS, BELOW_CALLERS))
            .and(mayNotKnow(CARRIERS, CALLERS));

    @ArchTest
    static final ArchRule CONFIG_AND_TEXT_KNOW_NOBODY = CompositeArchRule.of(mayNotKnow(
                    Sources.packages("config"),
                    Sources.packages("mail", "webhook", "photo", "remote", "database", "text")))
            .and(mayNotKnow(Sources.packages("text"), Sources.packages("mail", "photo", "database")));

    @ArchTest
    static final ArchRule ROOMS_FORM_NO_CYCLE =
            slices().matching("dev.latchkey.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule INNER_ROOMS_FORM_NO_CYCLE =
            slices().matching("dev.latchkey.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule INNER_ROOMS_ARE_FOR_THE_ROOM_AROUND_THEM = Sources.rooms().stream()
            .filter(room -> room.contains(".") && !USE_CASES.contains(room))
            .map(room -> mayBeKnownIn(room, room.substring(0, room.lastIndexOf('.'))))
            .reduce((one, other) -> CompositeArchRule.of(one).and(other))
            .orElseThrow();

    @ArchTest
    static final ArchRule NOTHING_NEEDS_THE_SESSION_KEY_API = noClasses()
            .that()
            .resideOutsideOfPackages(Sources.packages("api.sessionkey"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(Sources.packages("api.sessionkey"));

    @ArchTest
    static final ArchRule CALLERS_SEE_NO_SQL_SMTP_OR_STORE = noClasses()
            .that()
            .resideInAnyPackage(CALLERS)
            .and()
            .resideOutsideOfPackages(Sources.packages("devinbox"))
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

    /** The framework works out how any other type is read, anew for each call. */
    @ArchTest
    static final ArchRule WHAT_QUERIES_READ_IS_MAPPED_ONCE = methods()
            .that()
            .haveModifier(JavaModifier.ABSTRACT)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(JdbcRepository.class)
            .should(new ArchCondition<>("return mapped entities where they return records") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    for (JavaClass type : method.getReturnType().getAllInvolvedRawTypes()) {
                        if (type.isRecord() && !type.isAnnotatedWith(MappedEntity.class)) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " returns " + type.getName()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule NO_TIME_BUT_THE_CLOCKS = noClasses()
            .that()
            .resideOutsideOfPackages(Sources.packages("config", "database", "devinbox"))
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

    private static ArchRule mayNotKnow(String[] rooms, String[] others) {
        return noClasses()
                .that()
                .resideInAnyPackage(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    private static ArchRule mayBeKnownIn(String inner, String room) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(Sources.packages(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Sources.packages(inner));
    }

    /** Leaves out what the compiler's processors generate. */
    static final class HandWritten implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/$") && !location.contains("$Intercepted") && !location.contains("$Definition");
        }
    }
}
