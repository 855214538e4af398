"""What `real_roles.py` runs: a project each, made of public checkouts and a playbook as a README would have it."""

import dataclasses

DEFAULT_CORE = "2.19.14"  # for a project without requirements.txt of its own; by hand everywhere


@dataclasses.dataclass
class Scenario:
    """A project: `project` is a checkout that is one itself; `roles` go to `roles/NAME`; `copies` are (from, to) in it; `files` are
    written; `replace` are (file, old, new). `core` is ansible-core's version by hand; the project's own `requirements.txt` has to lead to the same."""

    playbook: str = "site.yml"
    project: str | None = None
    roles: dict[str, str] = dataclasses.field(default_factory=dict)
    copies: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    files: dict[str, str] = dataclasses.field(default_factory=dict)
    replace: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    groups: list[str] = dataclasses.field(default_factory=list)
    options: list[str] = dataclasses.field(default_factory=list)
    core: str = DEFAULT_CORE


def play(*lines):
    return "- hosts: all\n  become: true\n" + "".join(f"  {line}\n" for line in lines)


SCENARIOS = {
    "nginx": Scenario(
        roles={"geerlingguy.nginx": "ansible-role-nginx"},
        files={
            "site.yml": play(
                "vars:",
                "  nginx_remove_default_vhost: true",
                "  nginx_vhosts:",
                "    - {listen: '8080', server_name: example.test, root: /var/www/example, index: index.html}",
                "  nginx_conf_template: templates/nginx.conf.j2",
                "roles: [geerlingguy.nginx]",
                "tasks:",
                "  - {file: {path: /var/www/example, state: directory}}",
                "  - {copy: {src: web/index.html, dest: /var/www/example/index.html}}",
                "  - {meta: flush_handlers}",
                "  - {uri: {url: 'http://127.0.0.1:8080/', return_content: true}, register: page}",
                "  - {assert: {that: \"'hello' in page.content\"}}"),
            "web/index.html": "hello\n",
            "templates/nginx.conf.j2": "{% extends role_path + '/templates/nginx.conf.j2' %}\n",
        }),
    "git": Scenario(
        roles={"geerlingguy.git": "ansible-role-git"},
        files={"site.yml": play("roles: [geerlingguy.git]")}),
    "security": Scenario(
        roles={"geerlingguy.security": "ansible-role-security"},
        files={"site.yml": play("vars: {security_sudoers_passwordless: [ada], security_autoupdate_reboot: 'true'}", "roles: [geerlingguy.security]")}),
    "postgresql": Scenario(
        roles={"geerlingguy.postgresql": "ansible-role-postgresql"},
        files={
            "requirements.yml": "collections: [community.postgresql]\n",
            "site.yml": play(
                "vars:",
                "  postgresql_databases: [{name: example}]",
                "  postgresql_users: [{name: jdoe}, {name: longjohnsilver, password: \"{{ lookup('password', 'credentials/silver length=12') }}\"}]",
                "  postgresql_privs:",
                "    - {db: example, roles: jdoe, type: database, privs: ALL}",
                "roles: [geerlingguy.postgresql]",
                "post_tasks:",
                "  - {command: '{{ postgresql_bin_path }}/pg_ctl -D {{ postgresql_data_dir }} status', changed_when: false, become: true, become_user: postgres}"),
        }),
    "mysql": Scenario(
        roles={"geerlingguy.mysql": "ansible-role-mysql"},
        files={
            "requirements.yml": "collections: [community.mysql]\n",
            "site.yml": play(
                "vars:",
                "  mysql_root_password: super-secure",
                "  mysql_databases: [{name: example_db}]",
                "  mysql_users: [{name: example_user, host: '%', password: similarly-secure, priv: 'example_db.*:ALL'}]",
                "roles: [geerlingguy.mysql]"),
        }),
    "redis": Scenario(
        roles={"geerlingguy.redis": "ansible-role-redis"},
        files={"site.yml": play("vars: {redis_requirepass: \"{{ lookup('password', playbook_dir + '/credentials/redis seed=web1') }}\"}", "roles: [geerlingguy.redis]")}),
    "users": Scenario(
        roles={"ansible-users": "ansible-users"},
        files={
            "requirements.yml": "collections: [ansible.posix, community.crypto]\n",
            "site.yml": play(
                "vars:",
                "  users_default_shell: /bin/bash",
                "  users:",
                "    - {username: foo, name: Foo Barrington, groups: [sudo, systemd-journal], uid: 1501, generate_ssh_key: true, profile: 'alias ll=\"ls -lah\"',",
                "       password: \"{{ lookup('password', 'credentials/foo encrypt=sha512_crypt') }}\", update_password: on_create,",
                "       ssh_key: [\"{{ lookup('file', 'keys/foo.pub') }}\"]}",
                "    - {username: bar, uid: 1502, ssh_key: []}",
                "  users_deleted: [{username: baz, uid: 1503, remove: true, force: true}]",
                "pre_tasks:",
                "  - {file: {path: '{{ playbook_dir }}/keys', state: directory}, delegate_to: localhost, become: false}",
                "  - {community.crypto.openssh_keypair: {path: '{{ playbook_dir }}/keys/foo', type: ed25519, comment: foo}, delegate_to: localhost, become: false}",
                "roles: [ansible-users]"),
        }),
    # Its tasks for Red Hat use a collection that the `ansible` package has not.
    "sshd": Scenario(
        roles={"willshersystems.sshd": "ansible-sshd"},
        files={
            "ansible-venv.yml": "exclude: {collections: [fedora.linux_system_roles]}\n",
            "requirements.yml": "collections: [ansible.posix, community.general]\n",
            "site.yml": play(
                "vars:",
                "  sshd_config: {PermitRootLogin: 'no', X11Forwarding: false, Match: [{Condition: 'Group ada', AllowTcpForwarding: true}]}",
                "roles: [willshersystems.sshd]"),
        }),
    "os-hardening": Scenario(
        files={
            "requirements.yml": "collections: [devsec.hardening]\n",
            "site.yml": play("vars: {os_auditd_enabled: false, sysctl_config: {net.ipv4.ip_forward: 0, net.ipv4.conf.all.rp_filter: 1}}", "roles: [devsec.hardening.os_hardening]"),
        }),
    "ssh-hardening": Scenario(
        files={
            "requirements.yml": "collections: [devsec.hardening]\n",
            "site.yml": play("vars: {ssh_allow_users: ada, sftp_enabled: true}", "roles: [devsec.hardening.ssh_hardening]"),
        }),
    # `mysql-server` is Ubuntu's name, and ufw is there; the owner of the document root is an account that the page's reader has.
    "lamp": Scenario(
        project="ansible-playbooks/lamp_ubuntu1804", playbook="playbook.yml",
        files={"requirements.yml": "collections: [community.mysql, community.general]\n"},
        replace=[("playbook.yml", "'mysql-server'", "'default-mysql-server', 'ufw'"), ("vars/default.yml", '"sammy"', '"ada"')]),
    # As its README has it, with one machine in every group. It asks for ansible 11, which is ansible-core 2.18.
    "kubespray": Scenario(
        project="kubespray", playbook="cluster.yml", copies=[("inventory/sample/group_vars", "inventory/group_vars")],
        groups=["kube_control_plane", "etcd", "kube_node"], options=["--become", "--check"], core="2.18.19"),
}
