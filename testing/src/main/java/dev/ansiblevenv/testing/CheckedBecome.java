package dev.ansiblevenv.testing;

/// A become plugin that becomes nobody. It fails unless it is given the password that it knows only
/// by its hash, so that no search for the password finds it there.
public final class CheckedBecome {

  /// Where Ansible finds it beside a playbook, for `become_method: checked`.
  public static final String PATH = "become_plugins/checked.py";

  private CheckedBecome() {}

  /// @param sha256 of the password
  public static String knowing(String sha256) {
    return """
    import hashlib
    from ansible.plugins.become import BecomeBase
    DOCUMENTATION = '''
    name: checked
    short_description: becomes nobody
    description: becomes nobody
    options:
      become_user: {description: user, default: root, vars: [{name: ansible_become_user}]}
      become_exe: {description: none, default: '', vars: [{name: ansible_become_exe}]}
      become_flags: {description: none, default: '', vars: [{name: ansible_become_flags}]}
      become_pass: {description: password, required: false, vars: [{name: ansible_become_password}]}
    '''
    class BecomeModule(BecomeBase):
        name = 'checked'
        def build_become_command(self, cmd, shell):
            password = self.get_option('become_pass') or ''
            if hashlib.sha256(password.encode()).hexdigest() != '%s':
                raise Exception('another become password')
            return cmd
    """
        .formatted(sha256);
  }
}
