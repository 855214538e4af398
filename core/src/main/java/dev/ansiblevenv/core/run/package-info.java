/// One execution of a playbook on a host, followed live.
@NullMarked
package dev.ansiblevenv.core.run;

import org.jspecify.annotations.NullMarked;
