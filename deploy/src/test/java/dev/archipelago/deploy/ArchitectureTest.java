package dev.archipelago.deploy;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the design, stated in code: {@code protocol <- {controller, worker} <- deploy}.
 *
 * <p>A rule that matches no class fails, so none of them can become vacuous by a renaming.
 */
class ArchitectureTest {
  private static final String PROTOCOL = "dev.archipelago.protocol..";
  private static final String WIRE = "dev.archipelago.protocol.wire..";
  private static final String GENERATED = "dev.archipelago..proto..";
  private static final String CONTROLLER = "dev.archipelago.controller..";
  private static final String STRATEGY = "dev.archipelago.controller.strategy..";
  private static final String SCHEDULE = "dev.archipelago.controller.schedule..";
  private static final String TABULAR = "dev.archipelago.controller.tabular..";
  private static final String WORKER = "dev.archipelago.worker..";
  private static final String TORCH = "dev.archipelago.worker.torch..";
  private static final String DL4J = "dev.archipelago.worker.dl4j..";
  private static final String DEPLOY = "dev.archipelago.deploy..";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ArchitectureTest::isNoTestJar)
          .importPackages("dev.archipelago");

  private static boolean isNoTestJar(Location location) {
    return !location.contains("-tests.jar");
  }

  @Test
  void protocolKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONTROLLER, WORKER, DEPLOY)
        .check(PRODUCT);
  }

  @Test
  void controllerKnowsNoWorker() {
    noClasses()
        .that()
        .resideInAPackage(CONTROLLER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(WORKER, DEPLOY)
        .because("they meet on the wire and in deploy")
        .check(PRODUCT);
  }

  @Test
  void workerKnowsNoController() {
    noClasses()
        .that()
        .resideInAPackage(WORKER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CONTROLLER, DEPLOY)
        .because("they meet on the wire and in deploy")
        .check(PRODUCT);
  }

  @Test
  void onlyTheWireOfProtocolKnowsAkkaAndProtobuf() {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .and()
        .resideOutsideOfPackage(WIRE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("akka..", "com.google.protobuf..", WIRE)
        .because("the domain is not its encoding")
        .check(PRODUCT);
  }

  @Test
  void strategiesAndSchedulesAreFreeOfAkkaAndProtobuf() {
    noClasses()
        .that()
        .resideInAnyPackage(STRATEGY, SCHEDULE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("akka..", "com.google.protobuf..", WIRE, GENERATED)
        .because("they are values, and must replay to the same bits")
        .check(PRODUCT);
  }

  @Test
  void strategiesAndSchedulesHaveNoClockNoThreadsAndNoHiddenRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage(STRATEGY, SCHEDULE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class, Random.class, ThreadLocalRandom.class, Thread.class, Executor.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .because("recovery replays them")
        .check(PRODUCT);
  }

  @Test
  void strategiesComputeWithStrictMath() {
    noClasses()
        .that()
        .resideInAPackage(STRATEGY)
        .should()
        .callMethodWhere(
            target(owner(DescribedPredicate.describe("Math", c -> c.isEquivalentTo(Math.class))))
                .and(
                    target(
                        nameMatching(
                            "exp|expm1|log|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|cbrt|hypot"
                                + "|asin|acos|atan|atan2"))))
        .because("Math's functions may differ in the last bit from one machine to the next")
        .check(PRODUCT);
  }

  @Test
  void strategiesAndSchedulesSeeNoTable() {
    noClasses()
        .that()
        .resideInAnyPackage(STRATEGY, SCHEDULE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(TABULAR)
        .because("a table holds test accuracies, and a search may see rewards only")
        .check(PRODUCT);
  }

  @Test
  void onlyItsEngineKnowsALibrary() {
    onlyKnows(TORCH, "org.bytedeco..");
    onlyKnows(DL4J, "org.deeplearning4j..", "org.nd4j..");
  }

  private static void onlyKnows(String engine, String... library) {
    classes()
        .that(resideInAnyPackage("dev.archipelago.."))
        .and()
        .resideOutsideOfPackage(engine)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(resideInAnyPackage(library)).as("are not " + library[0]))
        .check(PRODUCT);
  }

  @Test
  void nobodyUsesJavaSerialization() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
        .because("what crosses a process has a schema")
        .check(PRODUCT);
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.archipelago.(*).(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    Set<String> silent = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      JavaPackage home = type.getPackage();
      if (!isGenerated(home) && !home.isAnnotatedWith(NullMarked.class)) {
        silent.add(home.getName());
      }
    }
    assertThat(silent).as("packages without a package-info annotated @NullMarked").isEmpty();
  }

  private static boolean isGenerated(JavaPackage some) {
    return some.getClasses().stream()
        .anyMatch(c -> c.isAssignableTo("com.google.protobuf.GeneratedMessage"));
  }
}
