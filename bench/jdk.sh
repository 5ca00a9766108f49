# shellcheck shell=bash
# Sourced by the scripts beside it: finds a JDK 25 or newer without being told.

# Prints the home of the first one found: JAVA_HOME, the usual folders, Maven's toolchains, the java on the path.
jdk25() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        $(sed -n 's:.*<jdkHome>\(.*\)</jdkHome>.*:\1:p' "$HOME/.m2/toolchains.xml" 2>/dev/null) \
        "$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')"; do
        if [ -x "$home/bin/javac" ] && [ "$(jdk_feature "$home")" -ge 25 ]; then
            echo "$home"
            return
        fi
    done
    echo "No JDK 25 or newer found: set JAVA_HOME to one." >&2
    return 1
}

# The feature number in the release file of a JDK, such as 25; 0 where there is none.
jdk_feature() {
    local feature
    feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    echo "${feature:-0}"
}
