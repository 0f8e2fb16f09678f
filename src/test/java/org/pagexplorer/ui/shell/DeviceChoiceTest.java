package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private final List<String> used = new ArrayList<>();
  private final DeviceChoice choice = new DeviceChoice("cpu", used::add);

  private static JsonObject remembered(String device) {
    return JsonParser.parseString("{\"name\": \"" + device + "\"}").getAsJsonObject();
  }

  @Test
  void theRememberedOneIsUsedOnceItIsFound() {
    choice.part().take(remembered("cuda:1"));
    assertEquals(List.of(), used, "PyTorch has not told its devices yet");
    choice.loaded(List.of("cpu", "cuda:0", "cuda:1"));
    assertEquals(List.of("cuda:1"), used);
    choice.moved("cuda:1");
    assertEquals(List.of("cuda:1"), used);
    choice.moved("cpu");
    assertEquals(remembered("cpu"), choice.part().give());
  }

  @Test
  void oneThatIsMissingIsNeitherUsedNorForgotten() {
    choice.loaded(List.of("cpu"));
    choice.part().take(remembered("cuda:9"));
    assertEquals(List.of(), used);
    assertEquals("cpu", choice.now());
    assertEquals(remembered("cuda:9"), choice.part().give());
  }
}
