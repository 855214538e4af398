/// The passwords of a run: read on this machine, as Ansible reads them, and never written.
@NullMarked
package dev.ansiblevenv.orchestration.secret;

import org.jspecify.annotations.NullMarked;
