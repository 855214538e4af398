package dev.ansiblevenv.orchestration.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.orchestration.inventory.GeneratedInventories.Generated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class InventoryPropertyTest {

  private static final List<String> VENVS = List.of("site_0123abcd", "web.x_89abcdef");

  @Property(tries = 1000)
  void an_ini_inventory_changes_in_one_value_only(@ForAll long seed) {
    changes_in_one_value_only(GeneratedInventories.ini(seed));
  }

  @Property(tries = 1000)
  void a_yaml_inventory_changes_in_one_value_only(@ForAll long seed) {
    changes_in_one_value_only(GeneratedInventories.yaml(seed));
  }

  private static void changes_in_one_value_only(Generated generated) {
    var before = InventoryReader.read(generated.place(), generated.text());
    var after = edit(before, generated.target(), VENVS);

    var reread = InventoryReader.read(generated.place(), after.text());
    assertThat(InventoryEdit.own(reread, generated.target())).isEqualTo(VENVS);
    assertThat(variables(reread, generated.target()))
        .as(generated.text())
        .isEqualTo(variables(before, generated.target()));
    assertThat(edit(reread, generated.target(), VENVS).text()).isEqualTo(after.text());
    requireOnlyTheValueDiffers(generated, after.text());

    var empty = edit(reread, generated.target(), List.of());
    assertThat(InventoryEdit.own(empty, generated.target())).isEqualTo(List.of());
  }

  private static Inventory edit(Inventory inventory, String target, List<String> venvs) {
    var known = inventory.data().hostNames().contains(target);
    return InventoryEdit.apply(
        inventory, known ? Optional.of(target) : Optional.empty(), target, venvs);
  }

  private static Map<String, Map<String, Object>> variables(Inventory inventory, String target) {
    var hosts = new HashMap<String, Map<String, Object>>();
    for (var host : inventory.data().hostNames()) {
      hosts.put(host, new HashMap<>(inventory.data().host(host)));
    }
    hosts.getOrDefault(target, new HashMap<>()).remove(Inventory.VARIABLE);
    hosts.remove(GeneratedInventories.NEW_HOST);
    return hosts;
  }

  /// The lines that differ hold, but for the value, the same on both sides, comments included.
  private static void requireOnlyTheValueDiffers(Generated generated, String after) {
    var removed = new ArrayList<>(lines(generated.text()));
    var added = new ArrayList<>(lines(after));
    removeCommon(removed, added);
    assertThat(residues(added, generated.target()))
        .as(generated.target() + " in\n" + generated.text() + "\nafter\n" + after)
        .isEqualTo(residues(removed, generated.target()));
    assertThat(after.contains("\r\n")).isEqualTo(generated.text().contains("\r\n"));
  }

  private static List<String> lines(String text) {
    return List.of(text.split("(?<=\n)", -1));
  }

  /// Takes away the longest common subsequence.
  private static void removeCommon(List<String> left, List<String> right) {
    var length = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        length[i][j] =
            left.get(i).equals(right.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    var onlyLeft = new ArrayList<String>();
    var onlyRight = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
        i++;
        j++;
      } else if (j == right.size() || (i < left.size() && length[i + 1][j] >= length[i][j + 1])) {
        onlyLeft.add(left.get(i++));
      } else {
        onlyRight.add(right.get(j++));
      }
    }
    left.clear();
    left.addAll(onlyLeft);
    right.clear();
    right.addAll(onlyRight);
  }

  private static List<String> residues(List<String> lines, String target) {
    return lines.stream()
        .map(line -> line.replaceAll("\"?(old_1|old_2|site_0123abcd|web\\.x_89abcdef)\"?", ""))
        .map(line -> line.replace("installed_venvs", "").replaceAll("[\\s\\[\\]{}:,'\"=~-]", ""))
        .map(line -> line.replace("ungrouped", "").replace("hosts", ""))
        .map(line -> line.replace("null", "").replace(target.replaceAll("[:-]", ""), ""))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
