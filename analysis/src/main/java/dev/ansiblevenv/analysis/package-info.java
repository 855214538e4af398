/// From an entry playbook to its closure, its content hash and what it needs. Static: nothing of
/// the user's is run, nothing is written, no network.
@NullMarked
package dev.ansiblevenv.analysis;

import org.jspecify.annotations.NullMarked;
