/// Why something is among what a playbook needs, and why something else is not.
@NullMarked
package dev.ansiblevenv.analysis.explain;

import org.jspecify.annotations.NullMarked;
