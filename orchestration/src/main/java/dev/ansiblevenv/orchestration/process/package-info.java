/// From a playbook to its validated, named specification.
@NullMarked
package dev.ansiblevenv.orchestration.process;

import org.jspecify.annotations.NullMarked;
