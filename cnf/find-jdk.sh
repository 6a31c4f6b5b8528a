# Sourced by ./paddock and ./test: sets JAVA_HOME to a JDK 25 when there is one, and says what is missing for a build.

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=\"25 | JAVA_VERSION=\"25[\".+-]*) return 0 ;;
        esac
    done <"$1/release"
    return 1
}

# Maven run by JDK 25 itself compiles in half the time that it takes to start another compiler for each module.
find_jdk() {
    for jdk in "$JAVA_HOME" /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/jdk-25*; do
        if is_jdk_25 "$jdk"; then
            JAVA_HOME=$jdk
            # A build is many short programs: the JVM's best compiler never pays there. The rest silences warnings about Maven.
            : "${MAVEN_OPTS:=-XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED}"
            export JAVA_HOME MAVEN_OPTS
            return 0
        fi
    done
    jdk=$(command -v javac) && jdk=$(readlink -f "$jdk" 2>/dev/null) && is_jdk_25 "${jdk%/bin/javac}" && return 0
    # Maven may know one that is not in a usual place.
    [ -r "$HOME/.m2/toolchains.xml" ] && grep -q '<version>25' "$HOME/.m2/toolchains.xml"
}

need_build_tools() {
    if ! find_jdk; then
        echo "paddock: no JDK 25 here to build with; install one (Debian: apt-get install openjdk-25-jdk-headless, or Temurin 25) or name it in JAVA_HOME." >&2
        exit 4
    fi
    if ! command -v mvn >/dev/null; then
        echo "paddock: no Maven here to build with; install it (Debian: apt-get install maven)." >&2
        exit 4
    fi
}
