package dev.ansiblevenv;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.ansiblevenv", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule the_rooms_know_only_the_rooms_below_them =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.ansiblevenv..")
          .layer("cli")
          .definedBy("dev.ansiblevenv.cli..")
          .layer("orchestration")
          .definedBy("dev.ansiblevenv.orchestration..")
          .layer("analysis")
          .definedBy("dev.ansiblevenv.analysis..")
          .layer("core")
          .definedBy("dev.ansiblevenv.core..")
          .layer("formats")
          .definedBy("dev.ansiblevenv.formats..")
          .layer("diagnostic")
          .definedBy("dev.ansiblevenv.diagnostic..")
          .optionalLayer("testing")
          .definedBy("dev.ansiblevenv.testing..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("orchestration")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("analysis")
          .mayOnlyBeAccessedByLayers("cli", "orchestration")
          .whereLayer("core")
          .mayOnlyBeAccessedByLayers("cli", "orchestration")
          .whereLayer("formats")
          .mayOnlyBeAccessedByLayers("cli", "orchestration", "analysis", "core")
          .whereLayer("testing")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("dev.ansiblevenv.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule no_attic =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..manager..")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");

  @ArchTest
  static final ArchRule only_the_entry_point_reads_the_process_environment_and_exits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.ansiblevenv.cli.Main")
          .and()
          .resideOutsideOfPackage("dev.ansiblevenv.testing..")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule every_error_for_a_user_is_of_the_one_family =
      classes()
          .that()
          .areAssignableTo(RuntimeException.class)
          .should()
          .resideInAPackage("dev.ansiblevenv.diagnostic")
          .allowEmptyShould(false);
}
