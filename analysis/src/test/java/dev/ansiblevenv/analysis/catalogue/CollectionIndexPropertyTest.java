package dev.ansiblevenv.analysis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CollectionIndexPropertyTest {

  private static final List<String> KINDS = List.of("module", "action", "filter", "jinja-test");

  @Property(tries = 500)
  void what_is_written_is_read(@ForAll("contents") CollectionContent content) {
    var written = CollectionIndex.of(content).text();
    var index = CollectionIndex.parse(written);
    assertThat(index.text()).isEqualTo(written);
    assertThat(index.collection()).isEqualTo(content.collection());
    assertThat(index.origins()).isEqualTo(content.origins());
    assertThat(index.roles()).containsExactlyElementsOf(content.roles());
    assertThat(index.dependencies()).isEqualTo(content.dependencies());
    content
        .kinds()
        .forEach((kind, facts) -> {
          assertThat(index.names(kind)).containsExactlyElementsOf(facts.names());
          for (var name : facts.names()) {
            assertThat(index.has(kind, name)).isTrue();
            assertThat(index.has(kind, name + "x") && !facts.names().contains(name + "x"))
                .isFalse();
          }
          facts
              .redirects()
              .forEach((old, target) -> assertThat(index.redirect(kind, old)).contains(target));
          facts
              .removed()
              .forEach((name, message) -> assertThat(index.removed(kind, name)).contains(message));
          facts
              .deprecated()
              .forEach(
                  (name, message) -> assertThat(index.deprecated(kind, name)).contains(message));
          facts
              .needs()
              .forEach((name, needs) ->
                  assertThat(index.needs(kind, name)).containsExactlyInAnyOrderElementsOf(needs));
        });
  }

  @Provide
  Arbitrary<CollectionContent> contents() {
    var facts =
        Combinators.combine(
                names(), maps(targets()), maps(messages()), maps(messages()), maps(needs()))
            .as((names, redirects, removed, deprecated, needs) ->
                new PluginFacts(new TreeSet<>(names), redirects, removed, deprecated, needs));
    return Combinators.combine(facts.list().ofSize(KINDS.size()), names(), maps(ranges()))
        .as((all, roles, depends) -> {
          var content =
              new CollectionContent("acme.tools", List.of("1.0.0 here", "2.0.0 there"), ">=2.17");
          for (var i = 0; i < KINDS.size(); i++) {
            content.kinds().put(KINDS.get(i), all.get(i));
          }
          content.roles().addAll(roles);
          content.dependencies().putAll(depends);
          return content;
        });
  }

  private static Arbitrary<String> name() {
    return Arbitraries.of("a", "ab", "b", "a.b", "x_y", "==", "ios_facts", "facts", "<");
  }

  private static Arbitrary<List<String>> names() {
    return name().list().uniqueElements().ofMaxSize(6);
  }

  private static Arbitrary<String> targets() {
    return Arbitraries.of("acme.tools.new", "acme.other.a", "community.general.x.y", "b.c.ab");
  }

  private static Arbitrary<String> messages() {
    return Arbitraries.of("Use x instead.", "gone", "a | b = c");
  }

  private static Arbitrary<String> ranges() {
    return Arbitraries.of("*", ">=1.0.0,<2");
  }

  private static Arbitrary<List<PluginNeed>> needs() {
    return Arbitraries.of(
            new PluginNeed(PluginNeed.Why.DOCUMENTED, "requests>=2 ; python_version < '3.9'"),
            new PluginNeed(PluginNeed.Why.IMPORT, "a"),
            new PluginNeed(PluginNeed.Why.CHECKED, "passlib[argon2]"),
            new PluginNeed(PluginNeed.Why.SYSTEM, "python3-apt"))
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static <T> Arbitrary<TreeMap<String, T>> maps(Arbitrary<T> values) {
    return Arbitraries.maps(name(), values).ofMaxSize(5).map(TreeMap::new);
  }
}
