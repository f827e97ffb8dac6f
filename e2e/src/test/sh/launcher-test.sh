#!/usr/bin/env bash
# Tests the launcher in checkouts of its own, with stand-ins for Maven, apt-get and java that say how they were called.
# Usage: launcher-test.sh ROOT. Tells what fails on standard error; prints how many tests ran and how many failed.
# shellcheck disable=SC2016 # stand-ins expand their own variables
set -uo pipefail

root=$1
tests=0
failed=0
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# --- A machine of our own -----------------------------------------------------------------------------------------

# What every system has, and nothing of Java, Maven or apt-get.
make_machine() {
    bin=$scratch/$tests/bin
    checkout="$scratch/$tests/a checkout"
    mkdir -p "$bin" "$checkout/benchmarks/src/main/java" "$checkout/.mvn" "$checkout/e2e/src/test/sh"
    local tool
    for tool in bash env sh cat sed awk grep sort head tail cut find mv mkdir dirname readlink sha256sum flock tee printf rm cp; do
        ln -s "$(command -v "$tool")" "$bin/$tool"
    done
    cp "$root/framewise" "$checkout/"
    echo '<project/>' >"$checkout/pom.xml"
    echo '<project/>' >"$checkout/benchmarks/pom.xml"
    echo 'class A {}' >"$checkout/benchmarks/src/main/java/A.java"
    echo 'echo 2 0' >"$checkout/e2e/src/test/sh/launcher-test.sh"
}

script() {
    mkdir -p "$(dirname -- "$1")"
    {
        echo '#!/bin/sh'
        cat
    } >"$1"
    chmod +x "$1"
}

# A JDK of that version whose java prints its arguments, one a line, and its class path.
add_jdk() {
    jdk="$scratch/$tests/a jdk"
    script "$jdk/bin/javac" <<<"echo 'javac $1'"
    script "$jdk/bin/java" <<'END'
for argument; do
    case $argument in @*) cat "${argument#@}" ;; *) echo "[$argument]" ;; esac
done
exit "${JAVA_EXITS:-0}"
END
}

# A Maven that notes each call in maven.log and leaves what the real one leaves.
add_maven() {
    script "$bin/mvn" <<END
if [ "\$1" = -version ]; then echo "Apache Maven $1 (for tests)"; exit; fi
echo "\$*" >> "$scratch/$tests/maven.log"
mkdir -p benchmarks/target/surefire-reports
echo '[INFO] Building Framewise: benchmarks 0.1 [9/9]'
echo '[INFO] Tests run: 5, Failures: 0'
echo jar > benchmarks/target/framewise-benchmarks-0.1.jar
echo jar > benchmarks/target/other.jar
echo "\$PWD/benchmarks/target/other.jar" > benchmarks/target/class-path
echo '<testsuite name="A" time="1" tests="5" errors="1" skipped="2" failures="0">' > benchmarks/target/surefire-reports/TEST-A.xml
exit "\${MAVEN_EXITS:-0}"
END
}

# Runs the launcher from elsewhere; sets status, out and err.
launch() {
    status=0
    (cd / && env -i HOME="$scratch" PATH="$bin" ${jdk:+JAVA_HOME="$jdk"} "${with[@]}" "$checkout/framewise" "$@") \
        >"$scratch/out" 2>"$scratch/err" || status=$?
    out=$(cat "$scratch/out")
    err=$(cat "$scratch/err")
}

maven_calls() {
    grep -c . "$scratch/$tests/maven.log"
}

# --- What is expected ---------------------------------------------------------------------------------------------

expect() {
    local what=$1
    shift
    if ! "$@"; then
        echo "launcher-test: $name: expected $what; it ended with $status and said:" >&2
        sed 's/^/    /' "$scratch/out" "$scratch/err" >&2
        failing=1
    fi
}

exits() { ((status == $1)); }
says() { [[ $err == *"$1"* ]]; }
prints() { [[ $out == *"$1"* ]]; }
equals() { [[ $1 == "$2" ]]; }

run_test() {
    name=$1
    tests=$((tests + 1))
    failing=0
    jdk=
    with=(LC_ALL=C)
    make_machine
    "$name"
    failed=$((failed + failing))
}

# --- The tests ----------------------------------------------------------------------------------------------------

without_maven_and_apt_it_names_the_package() {
    add_jdk 17.0.15
    launch --help
    expect 'exit code 3' exits 3
    expect 'the package' says 'apt-get install maven'
}

an_old_maven_counts_as_missing() {
    add_jdk 17.0.15
    add_maven 3.5.4
    launch --help
    expect 'exit code 3' exits 3
    expect 'the package' says 'apt-get install maven'
}

a_java_home_without_a_usable_jdk_is_not_overruled() {
    add_jdk 11.0.2
    add_maven 3.8.7
    launch --help
    expect 'exit code 3' exits 3
    expect 'the variable' says "JAVA_HOME=$jdk holds no JDK 17 or newer"
    rm "$jdk/bin/javac"
    launch --help
    expect 'exit code 3 for a JRE' exits 3
}

installing_can_be_forbidden() {
    add_jdk 17.0.15
    script "$bin/apt-get" <<<"touch '$scratch/$tests/installed'"
    with+=(FRAMEWISE_INSTALL=never)
    launch --help
    expect 'exit code 3' exits 3
    expect 'no call of apt-get' equals "$(ls "$scratch/$tests")" "$(printf 'a checkout\na jdk\nbin')"
}

a_failing_apt_get_is_exit_code_3() {
    add_jdk 17.0.15
    script "$bin/apt-get" <<<"echo 'E: no network'; exit 100"
    script "$bin/sudo" <<<'[ "$1" = -n ] || exec "$@"'
    launch --help
    expect 'exit code 3' exits 3
    expect 'the reason' says 'E: no network'
    expect 'the package' says 'apt-get install maven'
}

it_installs_then_builds_then_runs() {
    add_jdk 21.0.1
    add_maven 3.8.7
    mv "$bin/mvn" "$scratch/$tests/mvn"
    script "$bin/apt-get" <<<"[ \"\$1\" = update ] || cp '$scratch/$tests/mvn' '$bin/mvn'"
    script "$bin/sudo" <<<'[ "$1" = -n ] || exec "$@"'
    launch track --out 'a file'
    expect 'exit code 0' exits 0
    expect 'the arguments as they were' prints "$(printf '[track]\n[--out]\n[a file]')"
    expect 'the class path' prints "-cp \"$checkout/benchmarks/target/framewise-benchmarks-0.1.jar:$checkout/benchmarks/target/other.jar\""
}

it_builds_only_what_changed() {
    add_jdk 17.0.15
    add_maven 3.8.7
    launch
    launch
    expect 'one build for two starts' equals "$(maven_calls)" 1
    echo 'class A { int b; }' >"$checkout/benchmarks/src/main/java/A.java"
    launch
    expect 'a build after a change' equals "$(maven_calls)" 2
    rm "$checkout/benchmarks/target/other.jar"
    launch
    expect 'a build after a jar has gone' equals "$(maven_calls)" 3
    mv "$checkout" "$checkout moved"
    checkout="$checkout moved"
    launch
    expect 'a build after a move' equals "$(maven_calls)" 4
    launch
    expect 'none after that' equals "$(maven_calls)" 4
}

a_failed_build_runs_nothing_and_is_tried_again() {
    add_jdk 17.0.15
    add_maven 3.8.7
    with+=(MAVEN_EXITS=1)
    launch demo
    expect 'exit code 1' exits 1
    expect 'nothing run' equals "$out" ''
    expect 'the log' says "$checkout/.framewise/build.log"
    with=(LC_ALL=C)
    launch demo
    expect 'exit code 0 at the next start' exits 0
}

the_exit_code_of_the_program_is_kept() {
    add_jdk 17.0.15
    add_maven 3.8.7
    with+=(JAVA_EXITS=2)
    launch --nonsense
    expect 'exit code 2' exits 2
}

test_counts_what_was_skipped_and_fails_with_its_tests() {
    add_jdk 17.0.15
    add_maven 3.8.7
    launch test
    expect 'exit code 1, for there is an error' exits 1
    expect 'the sum on the last line' equals "$(tail -n 1 "$scratch/out")" '4 passed, 1 failed, 2 skipped'
}

test_fails_with_the_build_even_if_no_test_does() {
    add_jdk 17.0.15
    add_maven 3.8.7
    sed -i 's/errors="1"/errors="0"/' "$bin/mvn"
    launch test
    expect 'exit code 0' exits 0
    expect 'the sum on the last line' equals "$(tail -n 1 "$scratch/out")" '5 passed, 0 failed, 2 skipped'
    with+=(MAVEN_EXITS=1)
    launch test
    expect 'exit code 1' exits 1
}

a_broken_test_script_is_a_failure() {
    add_jdk 17.0.15
    add_maven 3.8.7
    sed -i 's/errors="1"/errors="0"/' "$bin/mvn"
    echo 'exit 1' >"$checkout/e2e/src/test/sh/launcher-test.sh"
    launch test
    expect 'exit code 1' exits 1
    expect 'the sum on the last line' equals "$(tail -n 1 "$scratch/out")" '3 passed, 1 failed, 2 skipped'
}

for test in $(declare -F | sed -n 's/^declare -f //p'); do
    case $test in
        make_machine | script | add_jdk | add_maven | launch | maven_calls | expect | exits | says | prints | equals | run_test) ;;
        *) run_test "$test" ;;
    esac
done
echo "launcher: $((tests - failed)) of $tests tests passed" >&2
echo "$tests $failed"
