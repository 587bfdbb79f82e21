package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The package arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "io.sluice", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] SHARED = {
    "io.sluice.config..",
    "io.sluice.event..",
    "io.sluice.delivery..",
    "io.sluice.validate..",
    "io.sluice.http..",
    "io.sluice.banner..",
    "io.sluice.monitoring.."
  };
  private static final String[] CAPABILITIES = {
    "io.sluice.source..",
    "io.sluice.interceptor..",
    "io.sluice.sink..",
    "io.sluice.streams..",
    "io.sluice.replay..",
    "io.sluice.gateway..",
    "io.sluice.console..",
    "io.sluice.cli.."
  };

  @ArchTest
  static final ArchRule sharedPackagesUseNoCapability =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CAPABILITIES);

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCommandLineStartsCapabilities =
      slices()
          .matching("io.sluice.(source|interceptor|sink|streams|replay|gateway|console)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule validationKnowsNeitherFlumeNorKafka =
      noClasses()
          .that()
          .resideInAPackage("io.sluice.validate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flume..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule onlyKafkaFacingPackagesNameKafkaClasses =
      classes()
          .that()
          .resideOutsideOfPackages(
              "..kafka..",
              "io.sluice.kafkaclient.cluster..",
              "io.sluice.streams..",
              "io.sluice.replay..",
              "io.sluice.cli..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("org.apache.kafka..");

  /** The rooms of the source; an arrow between them runs one way. */
  @ArchTest
  static final ArchRule roomsOfTheSourceAreLayered =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.sluice..")
          .layer("source")
          .definedBy("io.sluice.source")
          .layer("lines")
          .definedBy("io.sluice.source.lines")
          .layer("files")
          .definedBy("io.sluice.source.files")
          .layer("positions")
          .definedBy("io.sluice.source.positions")
          .layer("config")
          .definedBy("io.sluice.source.config")
          .layer("machine")
          .definedBy("io.sluice.source.machine")
          .layer("metrics")
          .definedBy("io.sluice.source.metrics")
          .layer("cli")
          .definedBy("io.sluice.cli..")
          .whereLayer("lines")
          .mayOnlyBeAccessedByLayers("source")
          .whereLayer("files")
          .mayOnlyBeAccessedByLayers("source", "lines")
          .whereLayer("positions")
          .mayOnlyBeAccessedByLayers("source", "lines", "files", "cli")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("source", "lines", "files")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("source", "lines", "files")
          .whereLayer("machine")
          .mayOnlyBeAccessedByLayers("source", "lines", "files", "positions");
}
