/// The canonical form of a closure and its content hash: what of the files Ansible can see, and
/// what differs between two of them.
@NullMarked
package dev.ansiblevenv.analysis.canonical;

import org.jspecify.annotations.NullMarked;
