package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.Closure;

/// A playbook's analysis, together with what it was made from.
public record Examination(Catalogue catalogue, Closure closure, Analysis analysis) {}
