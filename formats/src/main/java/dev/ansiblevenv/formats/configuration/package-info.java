/// `ansible.cfg`: which file counts, and what its settings say.
@NullMarked
package dev.ansiblevenv.formats.configuration;

import org.jspecify.annotations.NullMarked;
