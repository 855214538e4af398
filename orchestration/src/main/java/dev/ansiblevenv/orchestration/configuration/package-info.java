/// What `ansible-venv.yml` says beside what concerns the analysis of playbooks.
@NullMarked
package dev.ansiblevenv.orchestration.configuration;

import org.jspecify.annotations.NullMarked;
