/// What users decide themselves about what a playbook needs, in `ansible-venv.yml`.
@NullMarked
package dev.ansiblevenv.analysis.override;

import org.jspecify.annotations.NullMarked;
