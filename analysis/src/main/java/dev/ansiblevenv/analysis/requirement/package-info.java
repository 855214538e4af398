/// The grammars in which people write what they need: PEP 508, Galaxy requirements files and
/// version ranges.
@NullMarked
package dev.ansiblevenv.analysis.requirement;

import org.jspecify.annotations.NullMarked;
