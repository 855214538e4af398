/// Which filters, tests, lookups a Jinja template or expression names.
@NullMarked
package dev.ansiblevenv.analysis.jinja;

import org.jspecify.annotations.NullMarked;
