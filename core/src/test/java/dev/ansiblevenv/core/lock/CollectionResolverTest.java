package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.galaxy.SemanticVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CollectionResolverTest {

  @Test
  void takes_the_newest_version_and_what_it_needs() {
    var universe =
        new Universe()
            .with("acme.web", "1.0.0")
            .with("acme.web", "1.10.0", "acme.base >=1.0")
            .with("acme.web", "1.9.0")
            .with("acme.base", "1.0.0")
            .with("acme.base", "2.0.0");
    assertThat(solved(universe, "acme.web *"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("acme.web", "1.10.0", "acme.base", "2.0.0"));
  }

  @Test
  void goes_back_to_an_older_version_when_the_newest_does_not_fit() {
    var universe =
        new Universe()
            .with("acme.web", "1.0.0", "acme.base <2")
            .with("acme.web", "2.0.0", "acme.base >=2")
            .with("acme.base", "1.0.0")
            .with("acme.base", "2.0.0");
    assertThat(solved(universe, "acme.web *", "acme.base <2")).containsEntry("acme.web", "1.0.0");
  }

  @Test
  void does_not_try_what_has_no_part_in_a_conflict() {
    var universe = new Universe().with("z.z", "1.0.0", "y.y >=2").with("y.y", "1.0.0");
    for (int name = 0; name < 12; name++) {
      for (int version = 0; version < 50; version++) {
        universe.with("a.a" + name, version + ".0.0");
      }
    }
    for (int version = 0; version < 50; version++) {
      universe.with("z.z", version + ".0.0", "y.y >=2");
    }
    var wanted = new ArrayList<>(List.of("z.z *"));
    for (int name = 0; name < 12; name++) {
      wanted.add("a.a" + name + " <40");
    }
    assertThat(conflict(universe, wanted.toArray(String[]::new)).texts())
        .anyMatch(text -> text.startsWith("no version of y.y satisfies >=2.0.0"));
  }

  @Test
  void names_the_requirements_that_contradict_each_other_with_their_places() {
    var universe =
        new Universe()
            .with("acme.web", "1.0.0", "acme.base >=2")
            .with("acme.base", "1.0.0")
            .with("acme.base", "3.0.0");
    assertThat(conflict(universe, "acme.web *", "acme.base <2").texts())
        .containsExactly(
            "no version of acme.base satisfies <2.0.0 (req.yml:2), >=2.0.0 (acme.web 1.0.0); there"
                + " are 1.0.0 to 3.0.0");
  }

  @Test
  void says_what_is_not_there_at_all() {
    assertThat(conflict(new Universe(), "acme.gone *").texts())
        .containsExactly("acme.gone is not on the server: required * (req.yml:1)");
  }

  @Test
  void takes_an_older_version_that_is_for_the_ansible_core_at_hand() {
    var universe =
        new Universe()
            .forAnsible(">=2.20", "acme.web", "2.0.0")
            .forAnsible(">=2.16", "acme.web", "1.0.0");
    assertThat(solved(universe, "acme.web *")).containsEntry("acme.web", "1.0.0");
  }

  @Test
  void blames_ansible_core_where_another_could_help() {
    var universe = new Universe().forAnsible("<2.18", "acme.web", "1.0.0");
    var conflict = conflict(universe, "acme.web *");
    assertThat(conflict.blamesAnsible()).isTrue();
    assertThat(conflict.texts())
        .containsExactly("acme.web 1.0.0 requires ansible-core <2.18, not 2.19.4");
  }

  @Test
  void takes_a_pre_release_only_when_pinned_or_when_there_is_nothing_else() {
    var universe =
        new Universe()
            .with("acme.web", "1.0.0")
            .with("acme.web", "2.0.0-b1")
            .with("acme.only", "0.1.0-a1")
            .with("acme.pins", "1.0.0", "acme.web ==2.0.0-b1");
    assertThat(solved(universe, "acme.web *")).containsEntry("acme.web", "1.0.0");
    assertThat(solved(universe, "acme.web 2.0.0-b1")).containsEntry("acme.web", "2.0.0-b1");
    assertThat(solved(universe, "acme.web >=1", "acme.web ==2.0.0-b1"))
        .containsEntry("acme.web", "2.0.0-b1");
    assertThat(solved(universe, "acme.only *")).containsEntry("acme.only", "0.1.0-a1");
  }

  @Test
  void goes_back_to_a_collection_of_which_a_later_choice_pins_a_pre_release() {
    var universe =
        new Universe()
            .with("acme.base", "1.0.0", "acme.old *")
            .with("acme.base", "2.0.0-b1", "acme.new *")
            .with("acme.old", "1.0.0")
            .with("acme.new", "1.0.0")
            .with("acme.web", "1.0.0", "acme.base ==2.0.0-b1");
    assertThat(solved(universe, "acme.base *", "acme.web *"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("acme.base", "2.0.0-b1", "acme.new", "1.0.0", "acme.web", "1.0.0"));
  }

  @Test
  void takes_a_pre_release_back_when_what_pinned_it_is_not_needed_any_more() {
    var universe =
        new Universe()
            .with("acme.base", "1.0.0")
            .with("acme.base", "2.0.0-b1")
            .with("acme.link", "1.0.0", "acme.pins *")
            .with("acme.link", "2.0.0-b1")
            .with("acme.pins", "1.0.0", "acme.base ==2.0.0-b1")
            .with("acme.web", "1.0.0", "acme.link ==2.0.0-b1")
            .with("acme.web", "0.1.0");
    // Of acme.web there are two versions, so it comes after the others.
    assertThat(solved(universe, "acme.base *", "acme.link *", "acme.web *"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("acme.base", "1.0.0", "acme.link", "2.0.0-b1", "acme.web", "1.0.0"));
  }

  @Test
  void names_a_pinned_pre_release_that_nothing_else_allows() {
    var universe =
        new Universe()
            .with("acme.base", "1.0.0")
            .with("acme.base", "2.0.0-b1")
            .with("acme.web", "1.0.0", "acme.base ==2.0.0-b1");
    assertThat(conflict(universe, "acme.base <2.0.0-b1", "acme.web *").texts())
        .containsExactly(
            "no version of acme.base satisfies <2.0.0-b1 (req.yml:1), ==2.0.0-b1 (acme.web 1.0.0);"
                + " there are 1.0.0 to 2.0.0-b1");
  }

  @Test
  void does_not_wait_for_a_pin_where_only_a_pre_release_would_do() {
    var universe =
        new Universe()
            .with("acme.base", "1.0.0")
            .with("acme.base", "2.0.0-b1")
            .with("acme.web", "1.0.0", "acme.base ==2.0.0-b1");
    assertThat(conflict(universe, "acme.base >1", "acme.web *").texts())
        .containsExactly(
            "no version of acme.base satisfies >1.0.0 (req.yml:1); there are 1.0.0 to 2.0.0-b1");
  }

  @Test
  void ends_where_two_pre_releases_pin_each_other_away() {
    var universe =
        new Universe()
            .with("a.a", "1.0.0", "b.b ==2.0.0-b1")
            .with("a.a", "2.0.0-b1", "b.b ==2.0.0-b2")
            .with("b.b", "1.0.0")
            .with("b.b", "2.0.0-b1", "a.a ==2.0.0-b1")
            .with("b.b", "2.0.0-b2", "a.a ==1.0.0");
    assertThat(conflict(universe, "a.a *", "b.b *").culprits()).isEmpty();
  }

  @Test
  void passes_a_version_over_whose_dependencies_have_no_meaning() {
    var universe =
        new Universe().with("acme.web", "1.0.0").with("acme.web", "2.0.0", "acme.base ~=1");
    assertThat(solved(universe, "acme.web *")).containsEntry("acme.web", "1.0.0");
  }

  @Test
  void copes_with_collections_that_need_each_other() {
    var universe =
        new Universe().with("a.a", "1.0.0", "b.b *", "a.a >=1").with("b.b", "1.0.0", "a.a <2");
    assertThat(solved(universe, "a.a *")).hasSize(2);
  }

  /// Against trying every combination there is: the same requirements can be met, and what is
  /// chosen meets them.
  @Property(tries = 500)
  void finds_a_solution_exactly_when_there_is_one(@ForAll long seed) {
    var random = new Random(seed);
    var names = List.of("a.a", "b.b", "c.c", "d.d", "e.e");
    var universe = new Universe();
    var needs = new HashMap<String, List<String>>();
    for (var name : names) {
      for (int version = 1; version <= 1 + random.nextInt(3); version++) {
        var dependencies = new ArrayList<String>();
        for (var other : names) {
          if (random.nextInt(4) == 0) {
            dependencies.add(other + " " + range(random));
          }
        }
        universe.with(name, version + ".0.0", dependencies.toArray(String[]::new));
        needs.put(name + " " + version + ".0.0", dependencies);
      }
    }
    var wanted = new ArrayList<String>();
    for (var name : names) {
      if (random.nextInt(2) == 0) {
        wanted.add(name + " " + range(random));
      }
    }
    var outcome = resolve(universe, wanted.toArray(String[]::new));
    if (outcome instanceof ResolverOutcome.Solved(var chosen)) {
      var versions = versions(chosen);
      assertThat(wanted).allMatch(requirement -> holds(requirement, versions));
      versions.forEach((name, version) ->
          assertThat(needs.getOrDefault(name + " " + version, List.of()))
              .allMatch(requirement -> holds(requirement, versions)));
    } else {
      assertThat(exhaustive(universe, names, needs, wanted, new HashMap<>(), 0)).isFalse();
    }
    assertThat(resolve(universe, wanted.toArray(String[]::new))).isEqualTo(outcome);
  }

  /// Not that it finds each there is: that depends on the order, as it does in ansible-galaxy.
  @Property(tries = 500)
  void takes_only_pre_releases_that_are_pinned(@ForAll long seed) {
    var random = new Random(seed);
    var names = List.of("a.a", "b.b", "c.c", "d.d", "e.e");
    var versions = List.of("1.0.0", "2.0.0-b1", "2.0.0", "3.0.0-b1");
    var universe = new Universe();
    var needs = new HashMap<String, List<String>>();
    for (var name : names) {
      for (var version : versions) {
        if (version.equals("1.0.0") || random.nextBoolean()) {
          var dependencies = new ArrayList<String>();
          for (var other : names) {
            if (!other.equals(name) && random.nextInt(4) == 0) {
              var pinned = versions.get(random.nextInt(versions.size()));
              dependencies.add(other + (random.nextBoolean() ? " ==" + pinned : " *"));
            }
          }
          universe.with(name, version, dependencies.toArray(String[]::new));
          needs.put(name + " " + version, dependencies);
        }
      }
    }
    var wanted = List.of("a.a *", "b.b *", "c.c *");
    if (resolve(universe, wanted.toArray(String[]::new))
        instanceof ResolverOutcome.Solved(var chosen)) {
      var solution = versions(chosen);
      var required = new ArrayList<>(wanted);
      solution.forEach(
          (name, version) -> required.addAll(needs.getOrDefault(name + " " + version, List.of())));
      assertThat(required).allMatch(requirement -> holds(requirement, solution));
      assertThat(solution)
          .allSatisfy((name, version) -> {
            assertThat(required).anyMatch(requirement -> requirement.startsWith(name + " "));
            if (version.contains("-")) {
              assertThat(required).contains(name + " ==" + version);
            }
          });
    }
  }

  private static boolean exhaustive(
      Universe universe,
      List<String> names,
      Map<String, List<String>> needs,
      List<String> wanted,
      Map<String, String> versions,
      int depth) {
    if (depth == names.size()) {
      return wanted.stream().allMatch(requirement -> holds(requirement, versions))
          && versions.entrySet().stream()
              .flatMap(e -> needs.getOrDefault(e.getKey() + " " + e.getValue(), List.of()).stream())
              .allMatch(requirement -> holds(requirement, versions));
    }
    var name = names.get(depth);
    if (exhaustive(universe, names, needs, wanted, versions, depth + 1)) {
      return true;
    }
    for (var candidate : universe.candidates(name)) {
      var more = new HashMap<>(versions);
      more.put(name, candidate.version().toString());
      if (exhaustive(universe, names, needs, wanted, more, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String requirement, Map<String, String> versions) {
    var edge = Universe.wanting(requirement).getFirst();
    var version = versions.get(edge.name());
    return version != null && edge.range().contains(SemanticVersion.parse(version).orElseThrow());
  }

  private static String range(Random random) {
    var version = 1 + random.nextInt(3);
    return List.of("*", ">=" + version, "<=" + version, "!=" + version, "" + version)
        .get(random.nextInt(5));
  }

  private static ResolverOutcome resolve(Universe universe, String... requirements) {
    return new CollectionResolver(universe, "2.19.4").resolve(Universe.wanting(requirements));
  }

  private static Map<String, String> solved(Universe universe, String... requirements) {
    return versions(((ResolverOutcome.Solved) resolve(universe, requirements)).chosen());
  }

  private static ResolverOutcome.Conflict conflict(Universe universe, String... requirements) {
    return (ResolverOutcome.Conflict) resolve(universe, requirements);
  }

  private static Map<String, String> versions(Map<String, Candidate> chosen) {
    var versions = new HashMap<String, String>();
    chosen.forEach((name, candidate) -> versions.put(name, candidate.version().toString()));
    return versions;
  }
}
