package dev.framewise.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonNamesTest {
    @Test
    void readsDictionariesAndLists() {
        assertThat(PythonNames.parse("{0: 'person', 1: 'traffic light'}").orElseThrow())
                .containsExactly("person", "traffic light");
        assertThat(PythonNames.parse("['person', 'car']").orElseThrow()).containsExactly("person", "car");
        assertThat(PythonNames.parse(" { 0 :'a',1: 'b' } ").orElseThrow()).containsExactly("a", "b");
        assertThat(PythonNames.parse("{}").orElseThrow()).isEmpty();
    }

    @Test
    void readsNamesThatHoldTheNotationItself() {
        assertThat(PythonNames.parse("{0: \"farmer's dog\", 1: 'a, b: {c}', 2: 'it\\'s \\\\ so', 3: ' x '}")
                        .orElseThrow())
                .containsExactly("farmer's dog", "a, b: {c}", "it's \\ so", " x ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "person",
                "{",
                "{0: 'person'",
                "{0: 'person}",
                "{0: 'person'} and more",
                "{1: 'person'}",
                "{0: 'a', 0: 'b'}",
                "{0: 'a' 1: 'b'}",
                "{0: person}",
                "{'person': 0}",
                "['a', 'b'}",
                "['a\\"
            })
    void nothingElseIsRead(String text) {
        assertThat(PythonNames.parse(text)).isEmpty();
    }
}
