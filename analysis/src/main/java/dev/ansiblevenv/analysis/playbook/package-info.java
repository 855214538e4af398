/// Which files a playbook reaches and what each says it uses.
@NullMarked
package dev.ansiblevenv.analysis.playbook;

import org.jspecify.annotations.NullMarked;
