package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.catalogue.PluginNeed.Why;
import java.util.List;

/// What plugins of ansible-core need in some of its series and look for only when they run, in
/// [utils/encrypt.py](https://github.com/ansible/ansible/blob/stable-2.19/lib/ansible/utils/encrypt.py)
/// and
/// [modules/pip.py](https://github.com/ansible/ansible/blob/stable-2.15/lib/ansible/modules/pip.py).
///
/// | plugin | series | needs | side |
/// | --- | --- | --- | --- |
/// | `password_hash`, `password` with `encrypt` | 2.17 to 2.20; before, where Python has no `crypt` | passlib | control |
/// | connection `paramiko`, `paramiko_ssh` | up to 2.20 | paramiko | control |
/// | `pip` | up to 2.15, which runs on Python 3.11 at the newest | `pkg_resources`, which setuptools 81 no longer has | managed node |
final class CoreNeeds {

  private static final List<CoreNeed> ALL =
      List.of(
          new CoreNeed("filter", "password_hash", "passlib"),
          new CoreNeed("lookup", "password", "passlib"),
          new CoreNeed("connection", "paramiko", "paramiko"),
          new CoreNeed("connection", "paramiko_ssh", "paramiko"),
          new CoreNeed("module", "pip", "setuptools<81 ; python_version < \"3.12\""));

  private CoreNeeds() {}

  private record CoreNeed(String kind, String plugin, String requirement) {}

  static void addTo(CollectionContent content) {
    for (var need : ALL) {
      var facts = content.kind(need.kind);
      if (facts.names().contains(need.plugin)) {
        facts.needs().put(need.plugin, List.of(new PluginNeed(Why.CHECKED, need.requirement)));
      }
    }
  }
}
