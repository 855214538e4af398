package dev.ansiblevenv.orchestration.spec;

import dev.ansiblevenv.analysis.Unresolved;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;

/// What a playbook needs. The first six components are the keys that any reader of specs knows; the
/// others are further keys of the same file.
///
/// @param name `<playbook stem>_<hash8>`
/// @param sourcePlaybook project-relative
/// @param contentHash first 8 hex digits of `contentSha256`
/// @param collections plain `namespace.name`, sorted
/// @param pythonPackages plain names, sorted
/// @param created local time, whole seconds
/// @param contentSha256 64 hex digits; empty where a spec has only the six keys
/// @param collectionConstraints those of `collections` that must not be just any version
/// @param pythonConstraints PEP 508 requirements of those of `pythonPackages` that must not be just
///   any version
/// @param closure closure-relative file to the first 16 hex digits of its digest
/// @param schemaVersion of the file's form
/// @param needsSha256 [Requirements#digest] of what was locked for it; empty where it is not known
/// @param currentSince when it became the newest spec of its playbook: `created`, or later where
///   another spec of the playbook was the newest in between
public record VenvSpecification(
    String name,
    String sourcePlaybook,
    String contentHash,
    List<String> collections,
    List<String> pythonPackages,
    LocalDateTime created,
    String contentSha256,
    List<CollectionConstraint> collectionConstraints,
    List<String> pythonConstraints,
    List<RequiredRole> roles,
    List<Unresolved> unresolved,
    LintOutcome lint,
    SortedMap<String, String> closure,
    int schemaVersion,
    String needsSha256,
    LocalDateTime currentSince) {

  /// The form that this program writes.
  public static final int SCHEMA_VERSION = 1;

  /// The present as specs and host records note it.
  public static LocalDateTime now(Clock clock) {
    return LocalDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
  }

  /// The same where nothing is known of other specs of the playbook.
  public VenvSpecification(
      String name,
      String sourcePlaybook,
      String contentHash,
      List<String> collections,
      List<String> pythonPackages,
      LocalDateTime created,
      String contentSha256,
      List<CollectionConstraint> collectionConstraints,
      List<String> pythonConstraints,
      List<RequiredRole> roles,
      List<Unresolved> unresolved,
      LintOutcome lint,
      SortedMap<String, String> closure,
      int schemaVersion) {
    this(
        name,
        sourcePlaybook,
        contentHash,
        collections,
        pythonPackages,
        created,
        contentSha256,
        collectionConstraints,
        pythonConstraints,
        roles,
        unresolved,
        lint,
        closure,
        schemaVersion,
        "",
        created);
  }

  VenvSpecification at(LocalDateTime creation, LocalDateTime current) {
    return with(creation, needsSha256, current);
  }

  /// The same with what its lock was made for.
  public VenvSpecification needing(Requirements wanted) {
    return with(created, wanted.digest(), currentSince);
  }

  private VenvSpecification with(LocalDateTime creation, String needs, LocalDateTime current) {
    return new VenvSpecification(
        name,
        sourcePlaybook,
        contentHash,
        collections,
        pythonPackages,
        creation,
        contentSha256,
        collectionConstraints,
        pythonConstraints,
        roles,
        unresolved,
        lint,
        closure,
        schemaVersion,
        needs,
        current);
  }
}
