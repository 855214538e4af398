# Sourced by ../ansible-venv and ../verify, which set $root and (for maven) $java_home.
# shellcheck shell=sh
# shellcheck disable=SC2154

say() { printf 'ansible-venv: %s\n' "$*" >&2; }

# The major version of the JDK at $1, from its `release` file: asking `java -version` would cost a JVM start.
major() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='="' read -r key _ value _; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value%%[!0-9]*}
      [ -n "$value" ] && echo "$value"
      return
    fi
  done <"$1/release"
  return 1
}

java_on_path() {
  java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java") && java=${java%/*} && printf '%s\n' "${java%/*}"
}

# Prints the JDK at $1 if it is one and new enough.
fits() {
  version=$(major "$1") && [ "$version" -ge 25 ] && [ -x "$1/bin/javac" ] && echo "$1"
}

find_java() {
  fits "${JAVA_HOME:-}" && return
  for home in "$(java_on_path)" /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    fits "$home" && return
  done
  return 1
}

require_java() {
  find_java || {
    say 'needs a JDK 25 or newer and found none: install one (Debian: openjdk-25-jdk or temurin-25-jdk) or set JAVA_HOME'
    exit 69
  }
}

# The project's Maven on the JDK in $java_home, whatever the default JDK is.
maven() {
  JAVA_HOME=$java_home MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" "$root/mvnw" -B "$@"
}
