package dev.ansiblevenv.core.lint;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All that ansible-lint and the Ansible under it see of an environment. Nothing of the user's
/// `ANSIBLE_*`, `PYTHON*`, `~/.ansible` and `~/.ansible.cfg` reaches the verdict, and whatever they
/// write goes to the scratch directory: also where the project's `ansible.cfg` names a log, a cache
/// or a temporary directory.
///
/// @param tool ansible-lint's virtual environment
/// @param start the directory with the scripts, an empty configuration and an inventory
record LintEnvironment(Path tool, Path start) {

  static final String INVENTORY = "inventory";
  static final String NO_CONFIGURATION = "ansible.cfg";

  Map<String, String> variables(LintRequest request, Path scratch) {
    var variables = new TreeMap<String, String>();
    variables.put("PATH", tool.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
    variables.put("HOME", scratch.toString());
    variables.put("TMPDIR", scratch.toString());
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("PYTHONPATH", start.toString());
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    variables.put("PYTHONNOUSERSITE", "1");
    variables.put("PYTHONSAFEPATH", "1");
    variables.put("PYTHONUTF8", "1");
    variables.put("NO_COLOR", "1");
    variables.put(
        "ANSIBLE_CONFIG",
        request.configuration().orElse(start.resolve(NO_CONFIGURATION)).toString());
    variables.put("ANSIBLE_HOME", scratch.resolve("ansible").toString());
    variables.put("ANSIBLE_LOCAL_TEMP", scratch.resolve("ansible-tmp").toString());
    variables.put("ANSIBLE_LOG_PATH", scratch.resolve("ansible.log").toString());
    variables.put("ANSIBLE_INVENTORY", start.resolve(INVENTORY).toString());
    variables.put("ANSIBLE_CACHE_PLUGIN", "memory");
    variables.put("ANSIBLE_CALLBACKS_ENABLED", "");
    variables.put("ANSIBLE_STDOUT_CALLBACK", "default");
    variables.put("ANSIBLE_RETRY_FILES_ENABLED", "False");
    variables.put("ANSIBLE_LINT_SKIP_SCHEMA_UPDATE", "1");
    put(variables, "ANSIBLE_COLLECTIONS_PATH", request.collectionsPath());
    var fetched = request.fetchedRoles();
    put(variables, "ANSIBLE_ROLES_PATH", fetched.isEmpty() ? request.rolesPath() : fetched);
    return variables;
  }

  private static void put(Map<String, String> variables, String name, List<Path> paths) {
    if (!paths.isEmpty()) {
      variables.put(
          name, paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
  }
}
