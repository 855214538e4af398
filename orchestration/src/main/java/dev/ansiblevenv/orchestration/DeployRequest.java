package dev.ansiblevenv.orchestration;

import java.nio.file.Path;

/// A playbook to be run on a host in the environment it needs.
///
/// @param forceRecreate build the environment anew although a healthy one is there
/// @param colour whether the run's output may be coloured
/// @param columns the width the run's output is made for
public record DeployRequest(
    Path playbook,
    String host,
    boolean forceRecreate,
    ProcessOptions process,
    PlaybookOptions options,
    boolean colour,
    int columns) {}
