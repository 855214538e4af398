/// YAML 1.1 as Ansible reads it: documents with marks, bounded against bombs, and edits by mark
/// that leave all other bytes alone.
@NullMarked
package dev.ansiblevenv.analysis.yaml;

import org.jspecify.annotations.NullMarked;
