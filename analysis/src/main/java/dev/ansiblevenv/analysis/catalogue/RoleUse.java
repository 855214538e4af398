package dev.ansiblevenv.analysis.catalogue;

/// A plugin or role that a role uses.
///
/// @param kind the word of a [PluginKind], [#ROLE], or [#ON_CONTROL] for a module that runs where
///   Ansible does whatever host the role is for
/// @param name as written, but fully qualified where it is the role's own collection's
public record RoleUse(String kind, String name) {

  public static final String ROLE = "role";
  public static final String ON_CONTROL = "module-on-control";
}
