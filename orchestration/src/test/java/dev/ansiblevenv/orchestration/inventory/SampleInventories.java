package dev.ansiblevenv.orchestration.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Inventories as people write them, and some that Ansible does not read. The key of each is a
/// number and a file name.
@SuppressWarnings("StringConcatToTextBlock") // white space has to be seen here
final class SampleInventories {

  private SampleInventories() {}

  private static final List<String> INI =
      List.of(
          "",
          "# nothing yet\n",
          "localhost ansible_connection=local\n",
          "night2.lan",
          "[jump_hosts]\nnight2.lan ansible_user=rix\n",
          "[jump_hosts]\r\nnight2.lan ansible_user=rix\t# the old one\r\n\r\n; end\r\n",
          "[web]\nweb[01:20:3].lan ansible_port=2222 # all of them\n[db]\ndb-[a:c]\n",
          "[web]\n  web[1:3]:2222 installed_venvs='[\"old_12345678\"]'\nweb2 x=1\n",
          "web2 installed_venvs=\"['a_12345678']\"\n[web]\nweb[1:3] installed_venvs='[\"b\"]'\n",
          "[a]\nh installed_venvs='[]' # here\n[b]\nh installed_venvs='[\"x\"]'#there\n",
          "[a]\nh\n[b]\nh  y=2   \n",
          "alias ansible_host=10.0.0.1 ansible_user='a b' k=\"it's\" m=x\\ y\n",
          "h a=1 b=1.5 c=True d=true e=None f=[1,2] g=0644 i=0x1f j='\"q\"' k=1_000 l=-5 m=yes\n",
          "h a='{\"k\": [1, None, (2, 3), {4}]}' b='(1)' c='(1,)' d=1,2 e=... f='\"a\" \"b\"'\n",
          "h a='u\"\\x41\\n\"' b='r\"\\n\"' c='b\"x\"' d=1e3 e=.5 f=5. g=1e40 i=00 j=1__0 k=0b101\n",
          "h a='\"\"\"t\"\"\"' b='[1' c='f\"x\"' d=- e=+5 f=--5 g='[1, 2,]' i='{}' j='()' k='[ ]'\n",
          "h a=b=c d= e='' f=\"\\\\\" g=\\# i='#x' j=k#l m=n\n",
          "[all:vars]\nx=5 # five\ny=\"q\" # c\nz=a # kept\nw= [1, 2]\n[all]\nh\n",
          "h\n[g:vars]\nv=1\ninstalled_venvs=['group']\n[g]\nh\n[top:children]\ng\nlate\n[late]\nl1\n",
          "[p1:children]\nc\n[p2:children]\nc\n[c]\nh\n[p1:vars]\nv=1\n[p2:vars]\nv=2\n",
          "[p1]\nh\n[p2]\nh\n[p1:vars]\nansible_group_priority=10\nv=1\n[p2:vars]\nv=2\n",
          "[x:children]\ny\n[y:children]\nz\n[z]\nh v=host\n[x:vars]\nv=x\n[z:vars]\nv=z\nw=z\n",
          "[::1]:22\n::2\n2001:db8::[1:3] a=1\n10.0.0.[1:3]:2200\nh:2222\nfoo:bar\n[fe80::1]:5\n",
          "[g] # with a comment\nh1 # c\n\n\n  h2   a=1   b=2  ; x=y\n".replace("  ; x=y", ""),
          "[we-ird.name]\nh\n[all:children]\nwe-ird.name\n[ungrouped]\nu1\n",
          "h1\nh1 a=1\nh1 a=2 b=3\n[g]\nh1 b=4\n",
          "web[1:1] a=1\nweb[a:c][1:2]\nx[01:02]y[a:b]\n",
          "# head\n\n# about web\n[web]\nw1\n",
          "# only head\n[web]\nw1",
          "h 'a=1' \"b\"=2 'installed_venvs'='[\"q\"]'\n",
          "h installed_venvs=notalist\n",
          "h installed_venvs='[\"a\"]' installed_venvs='[\"b\"]' c=1\n",
          "h\u000bi\n[g]\u0085j k=l\u00a0\n",
          "\u00fcml\u00e4ut.lan n='\u65e5\u672c' # \u20ac\n",
          "host1 ansible_host={{ inventory_hostname }}.lan\n"
              .replace("{{ inventory_hostname }}", "'{{ inventory_hostname }}'"),
          "g\n[g]\nh x=1\n",
          "[a]\nh [b\n".replace("h [b", "h x=[b"));

  private static final List<String> YAML =
      List.of(
          "all:\n  hosts:\n    h1:\n    h2:\n      a: 1\n  vars:\n    v: true\n",
          "all:\n    children:\n        web:\n            hosts:\n                w[1:3]:\n"
              + "                    x: y   # note\n                w9:   # nine\n"
              + "        # about db\n        db:\n            hosts: {d1: , d2: {p: 1}, d3}\n",
          "---\nweb:\n  hosts:\n    a.lan: {installed_venvs: [old_12345678], z: 1}\n",
          "web:\n  hosts:\n    a.lan:\n      installed_venvs:\n      - old\n      - older # why\n"
              + "      z: 1\ndb:\n  hosts:\n    a.lan:\n",
          "web:\r\n  hosts:\r\n    a:\r\n      installed_venvs: []  # none\r\n    b:\r\n",
          "web: {hosts: {a, b: {x: 1}}, vars: {v: 2}}\n",
          "web:\n  hosts: solo\n  vars:\n    x: 1\n",
          "ungrouped:\n  hosts:\n    u:\nall:\n  children:\n    web:\n      hosts:\n        w:\n",
          "all:\n  children:\n    ungrouped:\n      hosts:\n        u:\n    web:\n",
          "all:\n  vars: &common\n    a: 1\n    b: [x, y]\n  hosts:\n    h1: *common\n"
              + "    h2:\n      <<: *common\n      c: 2\n",
          "web:\n  hosts:\n    w1:\n      text: |\n        one\n        two\n\n    w2:\n"
              + "      text: >-\n        folded\n        text\n# end\n",
          "web:\n  hosts:\n    w1:\n      last: |+\n        keep\n\n",
          "web:\n  hosts:\n    w1:\n      secret: !unsafe 'a {{ b }}'\n      s: 'it''s'\n",
          "a:\n  hosts:\n    h: {v: 1, installed_venvs: [x]}\nb:\n  hosts:\n    h:\n"
              + "      installed_venvs:\n        - y\n",
          "a:\n  hosts:\n    h[1:3]:\n      installed_venvs: [x]\n    z:\nb:\n  hosts:\n    h2:\n",
          "all:\n  hosts:\n    h:\n      n: 0644\n      t: 1:30\n      b: yes\n      f: 1.5\n"
              + "      e: 1_000\n      x: 0x1f\n      nul: ~\n      o: 0o7\n      q: \"yes\"\n",
          "all:\n  hosts:\n    \"quoted.lan\":\n    'single':\n      a: 1\n    [::1]:22:\n"
              .replace("    [::1]:22:\n", "    \"[::1]:22\":\n    p:2222:\n"),
          "top:\n  children:\n    mid:\n      children:\n        low:\n          hosts:\n"
              + "            h:\n      vars:\n        v: mid\n  vars:\n    v: top\n    w: top\n",
          "web:\n  unknown: {a: 1}\n  hosts:\n    h:\n  vars:\n    ansible_group_priority: 5\n",
          "\uFEFFweb:\n  hosts:\n    h:\n      a: 1",
          "web:\n  hosts:\n    h: {}\n    i: {\n      a: 1,\n    }\n",
          "web:\n  hosts:\n    ? complex\n    : a: 1\n    plain:\n");

  private static final List<String> JSON =
      List.of(
          "{\"web\": {\"hosts\": {\"a\": null, \"b\": {\"x\": [1, 2.5, true, null, \"s\"]}}}}",
          "{\n  \"all\": {\n    \"hosts\": {\n      \"a\": {\n        \"x\": 1\n      }\n    }\n  }\n}\n",
          "{\n\t\"web\": {\n\t\t\"hosts\": {\n\t\t\t\"a\": {},\n\t\t\t\"b\": {\"installed_venvs\": []}\n"
              + "\t\t}\n\t}\n}\n");

  static Map<String, String> all() {
    var samples = new LinkedHashMap<String, String>();
    add(samples, "hosts", INI);
    add(samples, "hosts.ini", INI);
    add(samples, "hosts", YAML);
    add(samples, "hosts.yml", YAML);
    add(samples, "hosts.json", JSON);
    return samples;
  }

  static Map<String, String> broken() {
    var samples = new LinkedHashMap<String, String>();
    add(
        samples,
        "hosts",
        List.of(
            "h 'a=1\n",
            "h a\n",
            "[g:what]\nh\n",
            "[a b]\nh\n",
            "[]\nh\n",
            "[g:vars]\nx=1\n",
            "[g:vars]\nx\n",
            "[g:children]\nmissing\n",
            "[g]\nh\n[g:children]\ng\n",
            "[a:children]\nb\n[b:children]\na\n",
            "[g]\nh[1:\n",
            "h[01:3]\n",
            "h[c:a]\n",
            "h[1:3:0]\n",
            "[g]\nh:\n",
            "---\n- a\n",
            "h a=b\\\n",
            "[web] ; no\nh\n",
            "[g]\nh\n[g:vars]\nansible_group_priority=x\n",
            "\uFEFF[web]\nh\n"));
    add(
        samples,
        "hosts.yml",
        List.of(
            "a:\n\thosts:\n",
            "a: [\n",
            "- a\n- b\n",
            "a:\n  hosts:\n    - h\n",
            "a:\n  hosts:\n    h: text\n",
            "a:\n  hosts:\n    1234: {}\n",
            "a:\n  children:\n    b:\n      children:\n        a:\n"));
    return samples;
  }

  private static void add(Map<String, String> samples, String name, List<String> texts) {
    for (var text : texts) {
      samples.put("%03d-".formatted(samples.size()) + name, text);
    }
  }
}
