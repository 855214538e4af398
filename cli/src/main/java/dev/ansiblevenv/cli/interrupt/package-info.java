/// What Ctrl-C, `kill` and a closed terminal mean while a run is followed.
@NullMarked
package dev.ansiblevenv.cli.interrupt;

import org.jspecify.annotations.NullMarked;
